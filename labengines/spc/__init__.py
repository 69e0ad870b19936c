"""Run charts and statistical process control: has it changed, and by how much?"""
