from qlabs.config.cli import main

main()
