"""Documents written in Word, and text as somebody pastes it; some printed to a PDF by LibreOffice."""
import os
import zipfile

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from common import HERE, by_libreoffice, judged, truth
from drawn import PROSE

SIF_TITLE = "Re-inspection of services for children in need of help and protection, children looked after and care leavers"


def grades(document, rows, head=None):
    made = document.add_table(rows=0, cols=2)
    made.style = "Table Grid"
    for left, right in ([head] if head else []) + rows:
        cells = made.add_row().cells
        cells[0].text, cells[1].text = left, right
    document.add_paragraph()


def saved(document, name):
    """Saved with the same bytes each time: the parts of the file carry no time of their own."""
    path = os.path.join(HERE, name + ".docx")
    document.core_properties.author = ""
    document.save(path)
    with zipfile.ZipFile(path) as whole:
        parts = [(info.filename, whole.read(info)) for info in whole.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for part, content in parts:
            out.writestr(zipfile.ZipInfo(part, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def reinspection():
    d = Document()
    d.styles["Normal"].font.name, d.styles["Normal"].font.size = "Arial", Pt(11)
    d.sections[0].footer.paragraphs[0].text = "Otherton Borough Council re-inspection, 2017"
    d.add_heading("Otherton Borough Council", 0)
    d.add_heading(SIF_TITLE, 1)
    d.add_paragraph("Inspection dates: 9 October to 2 November 2017")
    d.add_paragraph("Report published: 21 December 2017")
    d.add_heading("Children’s services in Otherton are inadequate", 2)
    grades(d, [
        ("1. Children who need help and protection", "Inadequate"),
        ("2. Children looked after and achieving permanence", "Requires improvement"),
        ("2.1 Adoption performance", "Outstanding"),
        ("2.2 Experiences and progress of care leavers", "Requires improvement"),
        ("3. Leadership, management and governance", "Inadequate"),
    ])
    d.add_page_break()
    d.add_heading("Executive summary", 1)
    for each in PROSE:
        d.add_paragraph(each)
    d.add_paragraph("The recommendations from the last inspection have not been met in full.")
    d.add_heading("Recommendations", 1)
    recs = [
        "Ensure that children at risk are seen promptly, and alone where that is right for them.",
        "Take urgent action to ensure that child protection enquiries are carried out by qualified social workers, that decisions are recorded with the reasons for them, and that managers check that both have been done.",
        "Ensure that children’s cases are transferred between teams without delay.",
        "Reduce the caseloads of social workers in the assessment teams to a level at which they can do what is asked of them.",
        "Ensure that senior managers have accurate information about children who are missing from home, care and education.",
        "Improve the number of care leavers in education, employment or training.",
    ]
    for n, each in enumerate(recs):
        d.add_paragraph(f"{n + 1}.\t{each}")
    d.add_heading("Summary for children and young people", 1)
    for each in ["Inspectors found that some children are not helped quickly enough.", "The council knows that it needs to do better, and has begun to."]:
        d.add_paragraph(each, style="List Bullet")
    d.add_heading("The experiences and progress of children who need help and protection", 1)
    d.add_paragraph("Inadequate")
    for n, each in enumerate(PROSE):
        d.add_paragraph(f"{n + 7}.\t{each}")
    by_libreoffice(d, "sif-otherton-2017")
    truth("sif-otherton-2017", inspectorate="Ofsted", framework="sif-2013", authority="Otherton Borough Council", title=SIF_TITLE,
          fieldwork={"from": "2017-10-09", "until": "2017-11-02"}, published="2017-12-21",
          judgements=judged(
              ("Overall effectiveness", "Inadequate"),
              ("Children who need help and protection", "Inadequate"),
              ("Children looked after and achieving permanence", "Requires improvement"),
              ("Adoption performance", "Outstanding"), ("Experiences and progress of care leavers", "Requires improvement"),
              ("Leadership, management and governance", "Inadequate")),
          recommendations=recs)


def change(paragraph, tag, text):
    made = OxmlElement(tag)
    for key, value in (("w:id", "1"), ("w:author", "A"), ("w:date", "2024-03-01T09:00:00Z")):
        made.set(qn(key), value)
    run, words = OxmlElement("w:r"), OxmlElement("w:delText" if tag == "w:del" else "w:t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(words)
    made.append(run)
    paragraph._p.append(made)


def tracked():
    d = Document()
    d.add_heading("Inspection of Northmoor local authority children’s services", 0)
    d.add_paragraph("Inspection dates: 29 January to 9 February 2024")
    d.add_paragraph("Lead inspector: A Person, His Majesty’s Inspector")
    rows = [
        ("The impact of leaders on social work practice with children and families", "Inadequate"),
        ("The experiences and progress of children who need help and protection", "Inadequate"),
        ("The experiences and progress of children in care", "Requires improvement to be good"),
        ("The experiences and progress of care leavers", "Requires improvement to be good"),
        ("Overall effectiveness", "Inadequate"),
    ]
    grades(d, rows, ("Judgement", "Grade"))
    for each in PROSE[:3]:
        d.add_paragraph(each)
    d.add_heading("Areas for priority action", 1)
    first = d.add_paragraph("The response to children at risk of ", style="List Bullet")
    change(first, "w:del", "sexual ")
    change(first, "w:ins", "criminal ")
    first.add_run("exploitation.")
    d.add_heading("What needs to improve?", 1)
    recs = ["The stability of the workforce, so that children do not have to tell their story again and again.",
            "The quality of care leavers’ pathway plans, and how they are reviewed.",
            "The oversight by leaders of unregistered children’s homes."]
    for each in recs:
        d.add_paragraph(each, style="List Bullet")
    d.add_heading("The experiences and progress of children who need help and protection: inadequate", 1)
    for each in PROSE:
        d.add_paragraph(each, style="List Number")
    saved(d, "ilacs-northmoor-tracked")
    truth("ilacs-northmoor-tracked", inspectorate="Ofsted", framework="ilacs-2018", authority=None,
          title="Inspection of Northmoor local authority children’s services", fieldwork={"from": "2024-01-29", "until": "2024-02-09"},
          judgements=judged(*rows), recommendations=["The response to children at risk of criminal exploitation.", *recs])


def send_letter():
    d = Document()
    d.sections[0].footer.paragraphs[0].text = "Ofsted, Piccadilly Gate, Manchester"
    d.add_paragraph("27 March 2018")
    d.add_paragraph("Director of Children’s Services")
    d.add_paragraph("Southmere County Council")
    d.add_paragraph("Dear Director")
    d.add_heading("Joint local area SEND inspection in Southmere", 1)
    d.add_paragraph("Between 22 January 2018 and 26 January 2018, Ofsted and the Care Quality Commission (CQC) conducted a joint inspection of the local area of Southmere to judge the effectiveness of the area in implementing the disability and special educational needs reforms as set out in the Children and Families Act 2014.")
    d.add_paragraph("As a result of the findings of this inspection and in accordance with the Children Act 2004 (Joint Area Reviews) Regulations 2015, Her Majesty’s Chief Inspector (HMCI) has determined that a Written Statement of Action is required because of significant areas of weakness in the local area’s practice.")
    d.add_heading("Main findings", 1)
    for each in ["Leaders have been too slow to implement the reforms.", "Parents told inspectors that they are not listened to."]:
        d.add_paragraph(each, style="List Bullet")
    d.add_heading("The effectiveness of the local area in identifying children and young people’s special educational needs and/or disabilities", 1)
    d.add_heading("Strengths", 2)
    d.add_paragraph("Health visitors identify needs early.", style="List Bullet")
    d.add_heading("Areas for development", 2)
    develop = ["Too few children have their needs identified before they begin school.", "The two-year check is not offered to all families."]
    for each in develop:
        d.add_paragraph(each, style="List Bullet")
    d.add_heading("The inspection raises significant concerns about the effectiveness of the local area.", 1)
    d.add_paragraph("The local area is required to produce and submit a Written Statement of Action to Ofsted that explains how it will tackle the following areas of significant weakness:")
    weak = ["the lack of a joint strategy between education, health and care",
            "the poor quality of education, health and care plans, including how outcomes are written",
            "the length of time that children and young people wait for an assessment of autism"]
    for each in weak:
        d.add_paragraph(each, style="List Bullet")
    d.add_paragraph("Yours sincerely")
    d.add_paragraph("Her Majesty’s Inspector")
    by_libreoffice(d, "send-southmere-2018")
    truth("send-southmere-2018", inspectorate="Ofsted and the Care Quality Commission", framework="send-2016", authority="Southmere County Council",
          title="Joint local area SEND inspection in Southmere", fieldwork={"from": "2018-01-22", "until": "2018-01-26"},
          recommendations=weak)


def police():
    d = Document()
    d.sections[0].header.paragraphs[0].text = "PEEL 2021/22: an inspection of Anyshire Police"
    d.add_heading("PEEL 2021/22", 0)
    d.add_paragraph("Police effectiveness, efficiency and legitimacy")
    d.add_paragraph("An inspection of Anyshire Police")
    d.add_paragraph("Published on: 13 October 2022")
    d.add_page_break()
    d.add_heading("Contents", 1)
    for text, page in [("Overall summary", 3), ("Providing a service to the victims of crime", 5), ("Recording data about crime", 6), ("Areas for improvement", 7)]:
        d.add_paragraph(f"{text}\t{page}")
    d.add_page_break()
    d.add_heading("Overall summary", 1)
    d.add_paragraph("Our inspection assessed how good Anyshire Police is in nine areas of policing. We make graded judgments in eight of these.")
    got = {}
    made = []
    for area, grade, afis in [
        ("Preventing crime", "Good", []),
        ("Investigating crime", "Requires improvement", [
            "The force needs to improve how it supervises investigations, so that all reasonable lines of enquiry are followed.",
            "The force needs to make sure that victims’ decisions are recorded."]),
        ("Responding to the public", "Adequate", ["The force should improve the time it takes to answer emergency calls."]),
        ("Protecting vulnerable people", "Outstanding", []),
    ]:
        got[area] = grade
        d.add_heading(area, 1)
        d.add_paragraph(grade)
        d.add_paragraph(f"Anyshire Police is {grade.lower()} at {area.lower()}." if grade != "Requires improvement" else f"Anyshire Police requires improvement at {area.lower()}.")
        for afi in afis:
            made.append(afi)
            d.add_heading("Area for improvement", 2)
            paragraph = d.add_paragraph()
            paragraph.add_run(afi).bold = True
            d.add_paragraph("We found that supervision was recorded in only half of the investigations that we looked at. This means that some opportunities were lost.")
            d.add_paragraph("The force has begun to address this with a new policy. We look forward to seeing how it is carried out.")
        d.add_heading("Main findings", 2)
        d.add_paragraph("In this section we set out our main findings that relate to this area.")
        d.add_heading("The force has a good understanding of demand", 3)
        d.add_paragraph("The force should be commended for how it deals with antisocial behaviour. It works well with its partners.")
    by_libreoffice(d, "peel-anyshire")
    truth("peel-anyshire", inspectorate="HMICFRS", framework="hmicfrs-2017", authority="Anyshire Police", title="An inspection of Anyshire Police",
          published="2022-10-13", judgements=judged(*got.items()), recommendations=made)


FOCUSED = """Piccadilly Gate
Store Street
Manchester
M1 2WD

20 March 2024

Director of Children’s Services
Anyborough Council
Civic Centre

Dear Director

Focused visit to Anyborough children’s services

This letter summarises the findings of the focused visit to Anyborough children’s services on 20 and 21 February 2024. His Majesty’s Inspectors for this visit were two.

Inspectors looked at the local authority’s arrangements for children in need, including those who are subject to a child protection plan.

This visit was carried out in line with the inspection of local authority children’s services (ILACS) framework.

Headline findings

Since the last inspection, support for children in need has got better. Leaders know what still needs to improve in this area of social work practice.

What needs to improve in this area of social work practice?

-\tThe consistency of management oversight, including the recording
\tof decisions.
-\tThe quality of safety plans for children who live with domestic
\tabuse.

Main findings

Children in need are visited regularly. Plans are reviewed within timescales.

Yours sincerely

His Majesty’s Inspector
"""

PART = """What needs to improve

• The timeliness of assessments for disabled children.
• The arrangements for children who go missing:
o offers of return interviews
o what is done with what is learned
• Independent challenge by reviewing officers.
"""

SAFEGUARDING = """Inspection of safeguarding and looked after children services

Anyborough Council

Inspection dates: 6 June to 17 June 2011
Reporting inspector: A Person HMI

Age group: All
Published: 22 July 2011

Contents

About this inspection 2
Areas for improvement 3

The inspection outcomes: safeguarding services

1 Overall effectiveness Grade 3 (Adequate)

The overall effectiveness of safeguarding services is adequate.

Areas for improvement

In order to improve the quality of provision and services for safeguarding children and young people in Anyborough, the local authority and its partners should take the following action.

Immediately:

■ ensure that all child protection enquiries are led by a qualified social worker
■ ensure that children are seen alone.

Within three months:

■ improve the quality of recording in case files, so that decisions and the
reasons for them can be followed.

Safeguarding outcomes for children and young people

2 Children and young people are safe and feel safe Grade 3 (Adequate)
"""

JOINT = """Ofsted, Care Quality Commission, HMICFRS, HMI Probation

14 June 2019

To: Director of Children’s Services, Anyborough Council

Dear local partnership

Joint targeted area inspection of the multi-agency response to child exploitation in Anyborough

Between 29 April 2019 and 3 May 2019, Ofsted, the Care Quality Commission, HMICFRS and HMI Probation undertook a joint inspection.

Headline findings

The partnership has a shared understanding of exploitation.

What needs to improve?

Areas for priority action

• The police response to children who go missing.

Areas for improvement

• The quality of joint plans.
• The sharing of information by health services with partners.

Next steps

The director should prepare a written statement of proposed action.
"""

LETTER = """Anyborough Council
Civic Centre

12 June 2024

To all schools

Dear colleague

As you may know, Ofsted is likely to visit us this year. We will let you know the inspection dates as soon as we have them. There is nothing that you need to do.

What happens next? We will write again in September. If you have an area in which you would like to improve how we work with you, tell us.

Yours faithfully

Education service
"""

MINUTES = """Agendas, Meetings and Minutes - Agenda item

Outcome from the Ofsted Inspection of Services for Children in need of help and protection, children looked after and care leavers (Agenda item 9)

Minutes:

The Cabinet considered the report on the outcome from the Ofsted inspection.

·         The Cabinet Member introduced the report and its 14 recommendations for improvement.
·         The Leader commented that improvement must be the top priority.

RESOLVED:

1. To note the report.
2. To recommend the improvement plan to Council.
"""


def texts():
    for name, text in (("focused-visit-anyborough", FOCUSED), ("ilacs-part-pasted", PART), ("safeguarding-anyborough-2011", SAFEGUARDING), ("joint-anyborough-2019", JOINT), ("not-a-report-letter", LETTER), ("not-a-report-minutes", MINUTES)):
        with open(os.path.join(HERE, name + ".txt"), "w", encoding="utf-8") as out:
            out.write(text)
    truth("focused-visit-anyborough", inspectorate="Ofsted", framework="ilacs-2018", authority="Anyborough Council",
          title="Focused visit to Anyborough children’s services", fieldwork={"from": "2024-02-20", "until": "2024-02-21"},
          recommendations=["The consistency of management oversight, including the recording of decisions.",
                           "The quality of safety plans for children who live with domestic abuse."])
    truth("ilacs-part-pasted", inspectorate=None, framework=None, recommendations=[
        "The timeliness of assessments for disabled children.",
        "The arrangements for children who go missing: offers of return interviews; what is done with what is learned",
        "Independent challenge by reviewing officers."])
    truth("safeguarding-anyborough-2011", inspectorate="Ofsted", framework="slac-2009", authority="Anyborough Council",
          title="Inspection of safeguarding and looked after children services", fieldwork={"from": "2011-06-06", "until": "2011-06-17"}, published="2011-07-22",
          recommendations=["Immediately: ensure that all child protection enquiries are led by a qualified social worker",
                           "Immediately: ensure that children are seen alone.",
                           "Within three months: improve the quality of recording in case files, so that decisions and the reasons for them can be followed."])
    truth("joint-anyborough-2019", inspectorate="Ofsted, the Care Quality Commission, HMICFRS and HMI Probation", framework="jtai-2016",
          authority="Anyborough Council", title="Joint targeted area inspection of the multi-agency response to child exploitation in Anyborough",
          fieldwork={"from": "2019-04-29", "until": "2019-05-03"},
          recommendations=["The police response to children who go missing.", "The quality of joint plans.", "The sharing of information by health services with partners."])
    truth("not-a-report-letter")
    truth("not-a-report-minutes")


if __name__ == "__main__":
    for make in (reinspection, tracked, send_letter, police, texts):
        make()
