"""What the scripts that make the documents share. Invented councils; no real person's name."""
import json
import os
import subprocess
import tempfile

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "documents")


def truth(name, **said):
    """What is truly in a document, beside it; what it does not say is null."""
    whole = {
        "inspectorate": None, "framework": None, "authority": None, "title": None,
        "fieldwork": None, "published": None, "judgements": [], "recommendations": [],
    }
    assert set(said) <= set(whole), set(said) - set(whole)
    whole.update(said)
    with open(os.path.join(HERE, name + ".json"), "w", encoding="utf-8") as out:
        json.dump(whole, out, ensure_ascii=False, indent=2)
        out.write("\n")


def by_libreoffice(document, name):
    """A Word document, printed to a PDF by LibreOffice: its own line breaks, hyphens and order of drawing."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, name + ".docx")
        document.save(path)
        subprocess.run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, path], check=True, capture_output=True)
        os.replace(os.path.join(folder, name + ".pdf"), os.path.join(HERE, name + ".pdf"))


def judged(*pairs):
    return [{"area": area, "grade": grade} for area, grade in pairs]
