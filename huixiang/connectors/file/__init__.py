"""Kind "file": a watched folder of CSV, XLSX and JSON Lines files."""
