"""Results of the chart methods: frozen, ready to be stored, drawn and put into words."""
