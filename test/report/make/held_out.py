"""Two documents that nothing was tuned by: written before the reader was, and measured apart from the others."""
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from common import by_libreoffice, judged, truth


def hyphenated(document):
    settings = document.settings.element
    for tag, value in (("w:autoHyphenation", "true"), ("w:hyphenationZone", "160")):
        made = OxmlElement(tag)
        made.set(qn("w:val"), value)
        settings.append(made)


def justified(document, text):
    paragraph = document.add_paragraph(text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    return paragraph


def columns(section, n):
    cols = section._sectPr.xpath("./w:cols")[0]
    cols.set(qn("w:num"), str(n))
    cols.set(qn("w:space"), "500")


def children():
    d = Document()
    hyphenated(d)
    section = d.sections[0]
    section.header.paragraphs[0].text = "Wetherley Metropolitan Borough Council: 9 to 20 October 2023"
    section.footer.paragraphs[0].text = "Inspection of local authority children’s services | Ofsted | © Crown copyright"
    d.add_heading("Inspection of Wetherley local authority children’s services", 0)
    d.add_paragraph("Inspection dates: 9 to 20 October 2023")
    d.add_paragraph("Lead inspector: A. N. Other, His Majesty’s Inspector")
    table = d.add_table(rows=1, cols=2)
    table.style = "Table Grid"
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Judgement", "Grade"
    grades = [
        ("The impact of leaders on social work practice with children and families", "Requires improvement to be good"),
        ("The experiences and progress of children who need help and protection", "Inadequate"),
        ("The experiences and progress of children in care", "Requires improvement to be good"),
        ("The experiences and progress of care leavers", "Good"),
        ("Overall effectiveness", "Inadequate"),
    ]
    for area, grade in grades:
        row = table.add_row().cells
        row[0].text, row[1].text = area, grade
    d.add_paragraph()
    justified(d, "Since the last inspection in 2019, when services were judged to be good, the quality of practice in Wetherley has deteriorated. Drift in the arrangements for children who live with long-term neglect was known to leaders and had not been put right. Too much depends on the persistence of individual workers. A new director, who took up post in May 2023, has an accurate understanding of what has gone wrong, and the council has put money behind the plan, but it is too soon to see the difference for children. What needs to improve was not in doubt among the staff whom inspectors met.")
    d.add_heading("What needs to improve?", 1)
    recs = [
        "The response to children who live with chronic neglect, including when legal proceedings should begin.",
        "The quality, regularity and challenge of frontline supervision, so that plans do not drift.",
        "The timeliness of initial child protection conferences.",
        "Oversight of children who are missing education, and of those who are educated at home without the council having satisfied itself that what they receive is suitable.",
        "Permanence planning for children placed with their parents under a care order.",
        "The sufficiency of local placements for adolescents with complex needs.",
    ]
    for each in recs:
        d.add_paragraph(each, style="List Bullet").alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    d.add_heading("The experiences and progress of children who need help and protection: inadequate", 1)
    for n, text in enumerate([
        "Early help is well organised in the north of the borough. Families there say that they were listened to, and that support began within a fortnight. In the south, waiting lists have grown since the spring, and managers do not know how many families wait.",
        "When contacts come to the front door, most are dealt with on the day. Thresholds are understood by partners. A small number of contacts from the police stay unread over weekends, and the out-of-hours team has no access to the notes of the day.",
        "Strategy meetings are held promptly but health colleagues are not always asked. Decisions are recorded, the reasons for them less often.",
        "Plans for children in need are often closed too early. In several families inspectors saw the same concerns come back within six months, and again the plan was closed without a visit by the manager who closed it.",
    ]):
        justified(d, f"{n + 1}. {text}")
    d.add_heading("The experiences and progress of children in care: requires improvement to be good", 1)
    for n, text in enumerate([
        "Most children live with carers who know them well. Social workers visit as often as they should, and several write to children in a way that a child can keep.",
        "Reviewing officers raise what is wrong, and escalate it, but leaders do not act on all that is escalated.",
        "Brothers and sisters are kept together where that is right for them. Where it is not, time together is planned and happens.",
    ]):
        justified(d, f"{n + 5}. {text}")
    d.add_heading("The experiences and progress of care leavers: good", 1)
    justified(d, "8. Personal advisers stay in touch until 25. Pathway plans are written with young people, not about them. The offer of a rent deposit is valued.")
    d.add_heading("The impact of leaders on social work practice with children and families: requires improvement to be good", 1)
    justified(d, "9. The lead member and the chief executive ask the right questions. Performance information is detailed but not yet used to ask what it is like to be a child in Wetherley. Recommendations of the last inspection about supervision were accepted and not carried through.")
    by_libreoffice(d, "held-out-ilacs-wetherley")
    truth(
        "held-out-ilacs-wetherley", inspectorate="Ofsted", framework="ilacs-2018",
        authority="Wetherley Metropolitan Borough Council",
        title="Inspection of Wetherley local authority children’s services",
        fieldwork={"from": "2023-10-09", "until": "2023-10-20"}, judgements=judged(*grades), recommendations=recs,
    )


def fire():
    d = Document()
    hyphenated(d)
    section = d.sections[0]
    section.left_margin = section.right_margin = Cm(1.8)
    section.header.paragraphs[0].text = "Fenmarch Fire and Rescue Service"
    section.footer.paragraphs[0].text = "HMICFRS, effectiveness and efficiency 2023–25"
    d.add_heading("Fire & Rescue Service 2023–25", 0)
    d.add_paragraph("Effectiveness, efficiency and people")
    d.add_paragraph("An inspection of Fenmarch Fire and Rescue Service")
    d.add_paragraph("His Majesty’s Inspectorate of Constabulary and Fire & Rescue Services (HMICFRS)")
    d.add_paragraph("Published on: 14 March 2024")
    d.add_heading("Contents", 1)
    for text, page in [("About this inspection", 1), ("Overall summary", 2), ("Areas for improvement", 3), ("Effectiveness", 3), ("Preventing fires and other risks", 4), ("People", 5)]:
        d.add_paragraph(f"{text}\t{page}")
    d.add_page_break()
    d.add_heading("Effectiveness", 1)
    new = d.add_section(0)
    columns(new, 2)

    def part(name, grade, sentence, afis, prose):
        d.add_heading(name, 2)
        d.add_paragraph(grade)
        d.add_paragraph(sentence)
        if afis:
            d.add_heading("Area for improvement" if len(afis) == 1 else "Areas for improvement", 3)
            for each in afis:
                if len(afis) == 1:
                    d.add_paragraph(each)
                else:
                    d.add_paragraph(each, style="List Bullet")
            d.add_heading("Main findings", 3)
        for each in prose:
            justified(d, each)

    one = ["The service should make sure its integrated risk management plan is informed by consultation with its communities."]
    two = [
        "The service should evaluate its prevention work so that it knows what difference that work makes.",
        "Safeguarding training should be provided to all staff who go into people’s homes, and the service should know who has had it.",
        "The service should put in place a system which prioritises home fire safety visits by risk.",
    ]
    part("Understanding the risk of fire and other emergencies", "Adequate",
         "Fenmarch Fire and Rescue Service is adequate at understanding risk.", one,
         ["The service has assessed a suitable range of risks, using data from its partners and the census. It has not asked enough of the people who live with those risks what they think.",
          "Risk information is checked on a cycle, and crews have it on tablets that work where there is no signal."])
    part("Preventing fires and other risks", "Requires improvement",
         "Fenmarch Fire and Rescue Service requires improvement at preventing fires and other risks.", two,
         ["Prevention is under-resourced. Firefighters carry out visits between other work, and the number completed each year has fallen.",
          "Staff told us that they feel confident in spotting vulnerability, but records do not show what became of referrals."])
    d.add_heading("Cause of concern", 3)
    d.add_paragraph("The service does not do enough to be sure that those most at risk from fire are visited in time.")
    d.add_heading("Recommendations", 3)
    d.add_paragraph("By 30 June 2024, the service should:")
    concern = [
        "set out how it will clear the visits that are outstanding; and",
        "report progress to the fire authority each quarter.",
    ]
    for each in concern:
        d.add_paragraph(each, style="List Bullet")
    part("Protecting the public through fire regulation", "Good",
         "Fenmarch Fire and Rescue Service is good at protecting the public through fire regulation.", [],
         ["The service’s protection strategy is clear, and its inspectors are qualified. It audits the buildings of highest risk within its targets."])
    part("Promoting the right values and culture", "Outstanding",
         "Fenmarch Fire and Rescue Service is outstanding at promoting the right values and culture.", [],
         ["Leaders act as role models. We did not hear of bullying that was left alone."])
    by_libreoffice(d, "held-out-fire-fenmarch")
    truth(
        "held-out-fire-fenmarch", inspectorate="HMICFRS", framework="hmicfrs-fire", authority="Fenmarch Fire and Rescue Service",
        title="An inspection of Fenmarch Fire and Rescue Service", published="2024-03-14",
        judgements=judged(
            ("Understanding the risk of fire and other emergencies", "Adequate"),
            ("Preventing fires and other risks", "Requires improvement"),
            ("Protecting the public through fire regulation", "Good"),
            ("Promoting the right values and culture", "Outstanding"),
        ),
        recommendations=one + two + [
            "By 30 June 2024, the service should set out how it will clear the visits that are outstanding.",
            "By 30 June 2024, the service should report progress to the fire authority each quarter.",
        ],
    )


children()
fire()
