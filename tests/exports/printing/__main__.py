"""Writes docs/forms again; compares nothing."""

from tests.exports.printing.shown import FOLDER, pdfs

if __name__ == "__main__":
    for name, made in pdfs():
        (FOLDER / name).write_bytes(made)
