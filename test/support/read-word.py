"""Reads a Word document by python-docx and prints what is in it as JSON; `ReadDocument` in word.ts says what."""
import json
import sys

import docx
from docx.oxml.ns import qn

document = docx.Document(sys.argv[1])
section = document.sections[0]
language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")


def repeats(table):
    properties = table.rows[0]._tr.trPr
    return properties is not None and properties.find(qn("w:tblHeader")) is not None


print(
    json.dumps(
        {
            "title": document.core_properties.title,
            "created": document.core_properties.created.isoformat(),
            "language": None if language is None else language.get(qn("w:val")),
            "paragraphs": [[each.style.name, each.text] for each in document.paragraphs],
            "tables": [
                {"repeats": repeats(table), "rows": [[cell.text for cell in row.cells] for row in table.rows]}
                for table in document.tables
            ],
            "pictures": [each.get("descr") for each in document.element.body.iter(qn("wp:docPr"))],
            "head": "\n".join(each.text for each in section.header.paragraphs),
            "heading": document.styles["Heading 1"].font.name,
            "foot": {
                "text": "\n".join(each.text for each in section.footer.paragraphs),
                "fields": [each.text for each in section.footer._element.iter(qn("w:instrText"))],
            },
        }
    )
)
