"""Word files by GB/T 9704, with the paper, lines and faces of `static/css/print.css`."""
