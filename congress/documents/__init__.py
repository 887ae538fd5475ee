"""文件: numbers in series, the text of files, registers and pages."""
