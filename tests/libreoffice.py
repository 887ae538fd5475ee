"""LibreOffice, as a program that knows nothing of ours and opens our Word files."""

import os
import subprocess

from django.conf import settings

from congress.word.styles import HEADING_FACE, NOTE_FACE, NUMBER_FACE, TEXT_FACE, TITLE_FACE

#: What stands in for the faces of an office here, as in the PDF.
STAND_INS = {
    TEXT_FACE: ("FandolFang R", "Noto Serif CJK SC"),
    NOTE_FACE: ("FandolKai", "Noto Serif CJK SC"),
    HEADING_FACE: ("Noto Sans CJK SC",),
    TITLE_FACE: ("Noto Serif CJK SC",),
    NUMBER_FACE: ("Noto Serif CJK SC",),
}


def to_pdf(folder, **files):
    """Return the PDFs of Word files by name; one start of the program for all."""
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    (folder / "fonts.conf").write_text(_fonts())
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--convert-to", "pdf", "--outdir", str(folder)),
            *(str(folder / f"{name}.docx") for name in files),
        ],
        env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf"), "HOME": str(folder)},
        check=True,
        capture_output=True,
        timeout=120,
    )
    return {name: (folder / f"{name}.pdf").read_bytes() for name in files}


def _fonts():
    stand_ins = "".join(
        f'<match target="pattern"><test name="family"><string>{face}</string></test>'
        '<edit name="family" mode="assign" binding="strong">'
        f"{''.join(f'<string>{each}</string>' for each in names)}</edit></match>"
        for face, names in STAND_INS.items()
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{settings.BASE_DIR / 'static' / 'fonts'}</dir>{stand_ins}</fontconfig>"
    )
