"""Makes workbooks in the shapes in which councils keep improvement plans. Run in this folder, by hand: the files are kept."""

from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

SUPERVISION = "Put one supervision standard in place"
AUDIT = "Audit forty files each month"
VISITS = "Report each week on visits that are due or late"
OFFER = "Write the local offer anew with parents and carers"


def saved(book, name):
    book.properties.creator = "A council"
    book.properties.created = book.properties.modified = datetime(2026, 11, 2)
    book.save(f"{name}.xlsx")


def plain():
    book = Workbook()
    sheet = book.active
    sheet.title = "Plan"
    sheet.append(["Ref", "Recommendation", "Action", "Lead", "End date", "Success measure", "RAG", "Progress"])
    sheet.append(["1.1", "1", SUPERVISION, "Head of Safeguarding", date(2027, 3, 26), "Every case has it", "Amber", "Drafted"])
    sheet.append(["1.2", "1", AUDIT, "Head of Safeguarding", date(2027, 4, 30), None, "G", None])
    sheet.append([2.1, 2, VISITS, "Head of Early Help", date(2027, 5, 28), None, None, None])
    saved(book, "plain")


def titled_and_two_heads():
    book = Workbook()
    sheet = book.active
    sheet.title = "Improvement plan"
    sheet["A1"] = "Children's services improvement plan 2026 to 2028"
    sheet.merge_cells("A1:H1")
    sheet["A2"] = "RAG: red is off track"
    for at, text in {"A4": "No.", "B4": "Priority", "C4": "What we will do", "D4": "Who", "E4": "Timescale", "H4": "Update"}.items():
        sheet[at] = text
    for at, text in {"E5": "Start", "F5": "End", "G5": "Revised"}.items():
        sheet[at] = text
    for merge in ["A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:G4", "H4:H5"]:
        sheet.merge_cells(merge)
    rows = [
        (1, "Practice", SUPERVISION, "Head of Safeguarding", "1.11.26", "31.3.27", None, "On track"),
        (2, None, AUDIT, "Head of Safeguarding / Head of Early Help", "1/11/2026", "Mar 2027", date(2027, 6, 30), None),
        (3, "Voice", VISITS, "Head of Early Help", None, "30 April 2027", None, None),
    ]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("B6:B7")
    sheet.freeze_panes = "A6"
    saved(book, "two-heads")


def sections():
    book = Workbook()
    sheet = book.active
    sheet.title = "Tracker"
    sheet.append(["Action", "Owner", "Due date", "% complete", "Comments"])
    sheet.append(["Theme 1: Practice and supervision"])
    sheet.merge_cells("A2:E2")
    sheet.append([SUPERVISION, "DCS", date(2027, 3, 26), 0.4, None])
    sheet["D3"].number_format = "0%"
    sheet.append([])
    sheet.append(["Action", "Owner", "Due date", "% complete", "Comments"])
    sheet.append([AUDIT, "Head of Safeguarding; Chief Nurse", date(2027, 4, 30), None, "Ten done"])
    sheet.append(["Theme 2: Listening to families"])
    sheet.merge_cells("A7:E7")
    sheet.append([OFFER, "Head of Early Help (interim)", "end of June 2027", None, None])
    sheet.append([None, "Head of Safeguarding", None, None, "A line without an action"])
    saved(book, "sections")


def other_sheets_first():
    book = Workbook()
    cover = book.active
    cover.title = "Cover"
    cover["A1"] = "Improvement plan"
    cover["A2"] = "Action"
    lists = book.create_sheet("Lists")
    lists.append(["Action", "Lead"])
    lists.append(["Not an action", "Nobody"])
    lists.sheet_state = "hidden"
    sheet = book.create_sheet("2026-27 plan")
    sheet.append(["ID", "Area for improvement", "Actions required", "Responsible officer", "By when", "BRAG", "Evidence", "Monitoring"])
    sheet.append(["a", "The quality of plans", SUPERVISION, "Head of Safeguarding", "46112", "Red", "Minutes", "Board"])
    sheet.append(["b", "The quality of plans", AUDIT, "Head of Safeguarding", "46142", "Green", None, None])
    sheet.append(["c", "The voice of children", OFFER, "Head of Early Help", 46173, None, None, None])
    sheet.row_dimensions[3].hidden = True
    sheet["A2"].comment = Comment("Ask about this one", "Somebody")
    sheet["C2"].font = Font(bold=True)
    sheet["F2"].fill = PatternFill("solid", fgColor="FFC7CE")
    saved(book, "other-sheets")


def of_1904():
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.append(["Ref", "Action", "Accountable", "Target date"])
    sheet.append(["1", SUPERVISION, "Head of Safeguarding", date(2027, 3, 26)])
    sheet.append(["2", AUDIT, "Head of Early Help", datetime(2027, 4, 30, 17, 0)])
    saved(book, "of-1904")


def unsure():
    book = Workbook()
    sheet = book.active
    sheet.append(["Ref", "Theme", "Action", "Lead officer", "Deadline", "RAG"])
    sheet.append(["1", "Practice", SUPERVISION, "Head of Safegarding", "Ongoing", "Amber"])
    sheet.append(["2", "Practice", AUDIT, "J. Smith", date(2027, 4, 30), "Purple"])
    sheet.append(["3", "Practice", VISITS, "Head of Early Help", "TBC", None])
    sheet.append(["4", "Practice", OFFER, "Head of Early Help", date(2027, 5, 28), None])
    saved(book, "unsure")


def many_leads():
    book = Workbook()
    sheet = book.active
    sheet.append(["Action", "Lead (and Group)", "End", "Theme"])
    sheet.append([SUPERVISION, "Head of Safeguarding\nHead of Early Help", date(2027, 3, 26), "Practice"])
    sheet.append([AUDIT, "Assistant Director, Children’s Social Care and Head of Early Help", date(2027, 4, 30), "Practice"])
    sheet.append([VISITS, "Head of Early Help & Virtual School Head, Chief Nurse", date(2027, 5, 28), "Practice"])
    saved(book, "many-leads")


for make in [plain, titled_and_two_heads, sections, other_sheets_first, of_1904, unsure, many_leads]:
    make()
