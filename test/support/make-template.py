"""Writes a council's letterhead as a Word document by python-docx: its own styles, a header, a footer, and fields in braces."""
import sys

import docx
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, RGBColor

document = docx.Document()
section = document.sections[0]
section.orientation = WD_ORIENT.LANDSCAPE
section.page_width, section.page_height = Mm(297), Mm(210)
section.left_margin = section.right_margin = Mm(20)
section.header.paragraphs[0].text = "Anyborough Metropolitan Council: {council}"
section.footer.paragraphs[0].text = "{title}, as at {as at}"
heading = document.styles["Heading 1"]
heading.font.name = "Georgia"
heading.font.color.rgb = RGBColor(0x1D, 0x70, 0xB8)
document.add_heading("{title}", 0)
document.add_paragraph("{inspection}", style="Subtitle")
document.add_paragraph("Made on {made on}. In short: {summary}")
document.add_paragraph("{content}")
document.add_paragraph("Anyborough Metropolitan Council, Town Hall")
document.save(sys.argv[1])
