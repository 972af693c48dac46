"""Documents drawn with reportlab, as a designer's program draws them: pages with headers and footers, tables, columns."""
import os
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.platypus import (BaseDocTemplate, Frame, FrameBreak, NextPageTemplate, PageBreak, PageTemplate, Paragraph,
                                Spacer, Table, TableStyle)

from common import HERE, judged, truth

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10.5, leading=14, spaceAfter=8)
BLOCK = ParagraphStyle("block", parent=BODY, alignment=TA_JUSTIFY)
BIG = ParagraphStyle("big", parent=BODY, fontName="Helvetica-Bold", fontSize=20, leading=25, spaceAfter=10)
HEAD = ParagraphStyle("head", parent=BODY, fontName="Helvetica-Bold", fontSize=14, leading=18, spaceBefore=10, spaceAfter=6)
SUB = ParagraphStyle("sub", parent=BODY, fontName="Helvetica-Bold", fontSize=10.5, spaceBefore=6, spaceAfter=4)
NOTE = ParagraphStyle("note", parent=BODY, fontSize=7.5, leading=9)
NARROW = ParagraphStyle("narrow", parent=BODY, fontSize=9.5, leading=12.5)


def bullets(texts, mark="•", style=BODY):
    hung = ParagraphStyle("hung", parent=style, leftIndent=18, bulletIndent=4)
    return [Paragraph(text, hung, bulletText=mark) for text in texts]


def numbered(texts, start=1, style=BODY):
    hung = ParagraphStyle("hung", parent=style, leftIndent=24, bulletIndent=0)
    return [Paragraph(text, hung, bulletText=f"{start + n}.") for n, text in enumerate(texts)]


def table(rows, widths, head=True, style=BODY, middle=True):
    cells = [[Paragraph(text, style) for text in row] for row in rows]
    made = Table(cells, colWidths=widths)
    made.setStyle(TableStyle([
        ("GRID", (0, 0), (-1, -1), 0.5, "#888888"),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE" if middle else "TOP"),
    ]))
    return made


def build(name, story, header=None, footer="{page}", columns_from=None):
    def decorate(canvas, doc):
        canvas.saveState()
        canvas.setFont("Helvetica", 8)
        if header and doc.page > 1:
            canvas.drawString(2 * cm, 28.2 * cm, header)
        canvas.drawString(2 * cm, 1.2 * cm, footer.format(page=doc.page))
        canvas.restoreState()

    doc = BaseDocTemplate(os.path.join(HERE, name + ".pdf"), pagesize=A4, title="", author="", invariant=1)
    one = Frame(2 * cm, 2 * cm, 17 * cm, 25.5 * cm)
    left, right = Frame(2 * cm, 2 * cm, 8 * cm, 25.5 * cm), Frame(11 * cm, 2 * cm, 8 * cm, 25.5 * cm)
    doc.addPageTemplates([PageTemplate("one", [one], decorate), PageTemplate("two", [left, right], decorate)])
    doc.build(story)


PROSE = [
    "Children in Anyborough receive a timely response when they are referred. Partners understand the thresholds for services, and most decisions at the front door are proportionate and well recorded.",
    "The quality of assessments is too variable. Too many do not consider the history of the family, and a small number take too long to complete. As a result, some children wait for the help that they need.",
    "Managers do not always record the reasons for their decisions. Where supervision takes place it is regular, but it does not consistently drive plans forward.",
    "Most children who are looked after live in stable placements with carers who know them well. Their health needs are assessed on time, and their achievements are celebrated.",
    "Independent reviewing officers see children before their reviews. Challenge to plans that drift is not yet strong enough.",
    "Elected members have a sound understanding of their responsibilities as corporate parents, and regularly hear from the children in care council.",
]


def sif():
    recs = [
        "Ensure that all assessments include a chronology that is up to date and that consideration of the history of the family informs the analysis of risk.",
        "Ensure that management oversight is recorded, and that it drives work with children and families at a good pace.",
        "Ensure that strategy discussions include all relevant multi-agency partners, so that decisions about the safe-guarding of children are well informed.".replace("safe-guarding", "safeguarding"),
        "Improve the timeliness of initial health assessments for children who become looked after.",
        "Ensure that return home interviews are offered to all children who have been missing, and that what is learned is used to reduce further risk.",
        "Ensure that pathway plans are specific and measurable and that care leavers have a copy of their health history.",
        "Ensure that life-story work is of good quality and available to all children who need it.",
        "Strengthen the capacity of independent reviewing officers to challenge delay.",
        "Ensure that the sufficiency strategy is informed by an up-to-date analysis of the needs of children.",
        "Ensure that performance information is accurate and used by team managers.",
    ]
    board = [
        "Ensure that the board has a multi-agency dataset which it uses to challenge partners.",
        "Undertake a programme of multi-agency audits, including of the work of early help.",
    ]
    story = [
        Paragraph("Anyborough Council", BIG),
        Paragraph("Inspection of services for children in need of help and protection, children looked after and care leavers", HEAD),
        Paragraph("and", BODY),
        Paragraph("Review of the effectiveness of the Local Safeguarding Children Board<super size=6>1</super>", HEAD),
        Paragraph("<b>Inspection date: 23 November 2015 – 17 December 2015</b>", BODY),
        Paragraph("<b>Report published: 19 February 2016</b>", BODY),
        Paragraph("Children’s services in Anyborough require improvement to be good", HEAD),
        table([
            ["1. Children who need help and protection", "Requires improvement"],
            ["2. Children looked after and achieving permanence", "Requires improvement"],
            ["2.1 Adoption performance", "Good"],
            ["2.2 Experiences and progress of care leavers", "Good"],
            ["3. Leadership, management and governance", "Requires improvement"],
        ], [7 * cm, 3.2 * cm]),
        Spacer(1, 200),
        Paragraph("1 Ofsted produces this report under its power to combine reports in accordance with section 152 of the Education and Inspections Act 2006.", NOTE),
        PageBreak(),
        Paragraph("Contents", HEAD),
    ]
    for text, page in [("Executive summary", 3), ("Recommendations", 4), ("Summary for children and young people", 5),
                       ("Information about this local authority area", 6), ("The experiences and progress of children who need help and protection", 7),
                       ("The Local Safeguarding Children Board (LSCB)", 9), ("Recommendations", 9), ("What the inspection judgements mean", 10)]:
        story.append(Paragraph(f"{text} {'.' * (70 - len(text))} {page}", BODY))
    story += [PageBreak(), Paragraph("Executive summary", HEAD)]
    story += [Paragraph(each, BODY) for each in PROSE]
    story += [Paragraph("Recommendations from previous inspections have mostly been met, and the areas for improvement found in 2013 are monitored by the improvement board.", BODY)]
    story += [Paragraph("Recommendations", HEAD)]
    long = list(recs)
    long[2] = long[2].replace("safeguarding", "safe-<br/>guarding").replace("multi-agency", "multi-<br/>agency")
    story += numbered(long)
    story += [Paragraph("Summary for children and young people", HEAD)]
    story += bullets([
        "Social workers visit you when they should, and most of you said that your social worker listens.",
        "Some of you have had too many changes of social worker. Ofsted has asked the council to do something about this.",
    ], "■")
    story += [Paragraph("Information about this local authority area<super size=7>2</super>", HEAD)]
    story += bullets(["Approximately 31,000 children and young people live in Anyborough.", "Approximately 24% of them live in poverty.", "The local authority operates three children’s homes. All were judged to be good or outstanding in their most recent Ofsted inspection."], "■")
    story += [PageBreak(), Paragraph("The experiences and progress of children who need help and protection", HEAD), Paragraph("Requires improvement", SUB)]
    story += numbered(PROSE, 11)
    story += [PageBreak(), Paragraph("The Local Safeguarding Children Board (LSCB)", BIG),
              Paragraph("The Local Safeguarding Children Board requires improvement to be good", HEAD),
              Paragraph("Executive summary", HEAD), Paragraph(PROSE[4], BODY), Paragraph("Recommendations", HEAD)]
    story += numbered(board, 17)
    story += [Paragraph("Inspection findings – the Local Safeguarding Children Board", HEAD)]
    story += numbered([PROSE[2], PROSE[5]], 19)
    story += [Paragraph("What the inspection judgements mean", HEAD)]
    story += [Paragraph("An <b>outstanding</b> local authority leads highly effective services that contribute to significantly improved outcomes. A <b>good</b> local authority leads effective services.", BODY)]
    build("sif-anyborough", story, "Anyborough Council: inspection of children’s services", "Ofsted     {page}")
    truth("sif-anyborough", inspectorate="Ofsted", framework="sif-2013", authority="Anyborough Council",
          title="Inspection of services for children in need of help and protection, children looked after and care leavers",
          fieldwork={"from": "2015-11-23", "until": "2015-12-17"}, published="2016-02-19",
          judgements=judged(
              ("Overall effectiveness", "Requires improvement to be good"),
              ("Children who need help and protection", "Requires improvement"),
              ("Children looked after and achieving permanence", "Requires improvement"),
              ("Adoption performance", "Good"), ("Experiences and progress of care leavers", "Good"),
              ("Leadership, management and governance", "Requires improvement"),
              ("The Local Safeguarding Children Board", "Requires improvement to be good")),
          recommendations=recs + board)


def ilacs():
    recs = [
        "The quality of written plans, so that families understand what needs to change and by when.",
        "The consistency and effectiveness of supervision and management oversight.",
        "The response to homeless 16- and 17-year-olds, including how they are told of their right to become looked after.",
        "The timeliness with which children’s views are sought when they return from having been missing.",
        "The quality and use of data by leaders – in particular for children in private fostering arrangements – to inform planning.",
    ]
    story = [
        Paragraph("Anyborough City Council", BIG),
        Paragraph("Inspection of children’s social care services", HEAD),
        Paragraph("<b>Inspection dates:</b> 4 July 2022 to 15 July 2022", BODY),
        Paragraph("<b>Lead inspector:</b> A Person, His Majesty’s Inspector", BODY),
        table([
            ["<b>Judgement</b>", "<b>Grade</b>"],
            ["The impact of leaders on social work practice with children and families", "Good"],
            ["The experiences and progress of children who need help and protection", "Requires improvement to be good"],
            ["The experiences and progress of children in care and care leavers", "Good"],
            ["Overall effectiveness", "Good"],
        ], [11 * cm, 4 * cm]),
        Spacer(1, 12),
    ]
    story += [Paragraph(each, BLOCK) for each in PROSE]
    story += [Paragraph("What needs to improve?", HEAD)]
    story += bullets(recs, "◼".encode("utf-8").decode())
    story += [Paragraph("The experiences and progress of children who need help and protection: requires improvement to be good", HEAD)]
    story += numbered(PROSE * 2)
    story += [Paragraph("The experiences and progress of children in care and care leavers: good", HEAD)]
    story += numbered(PROSE, 13)
    story += [Paragraph("The impact of leaders on social work practice with children and families: good", HEAD)]
    story += numbered(PROSE, 19)
    story += [Paragraph("The Office for Standards in Education, Children’s Services and Skills (Ofsted) regulates and inspects to achieve excellence in the care of children and young people, and in education and skills for learners of all ages.", NOTE)]
    build("ilacs-anyborough", story, "Inspection of Anyborough City Council children’s services, 4 July 2022 to 15 July 2022", "Page {page} of 4")
    truth("ilacs-anyborough", inspectorate="Ofsted", framework="ilacs-2018", authority="Anyborough City Council",
          title="Inspection of children’s social care services", fieldwork={"from": "2022-07-04", "until": "2022-07-15"},
          judgements=judged(
              ("The impact of leaders on social work practice with children and families", "Good"),
              ("The experiences and progress of children who need help and protection", "Requires improvement to be good"),
              ("The experiences and progress of children in care and care leavers", "Good"),
              ("Overall effectiveness", "Good")),
          recommendations=recs)


def send():
    priority = [
        "Leaders across the partnership should act urgently to reduce the waiting times for neurodevelopmental assessment, and support children and young people while they wait.",
        "Leaders across the partnership should act urgently to improve the timeliness and quality of education, health and care plans, including annual reviews.",
    ]
    better = [
        "The partnership should strengthen its oversight of alternative provision, so that leaders know that children and young people attend and achieve.",
        "Leaders should ensure that the local offer is easy to find and up to date.",
        "Leaders should work with families to develop the joint commissioning of therapies.",
    ]
    outcome = "There are widespread and/or systemic failings leading to significant concerns about the experiences and outcomes of children and young people with special educational needs and/or disabilities (SEND), which the local area partnership must address urgently."
    story = [
        Paragraph("Area SEND inspection of Anyshire Local Area Partnership", BIG),
        Paragraph("<b>Inspection dates:</b> 27 February 2023 to 10 March 2023", BODY),
        Paragraph("<b>Date of previous inspection:</b> 22 January 2018", BODY),
        Paragraph("Inspection outcome", HEAD), Paragraph(outcome, BODY),
        Paragraph("A monitoring inspection will be carried out within approximately 18 months. The next full reinspection will be within approximately 3 years.", BODY),
        Paragraph("As a result of this inspection, HMCI requires the local area partnership to prepare and submit a priority action plan (area SEND) to address the identified areas for priority action.", BODY),
        Paragraph("Information about the local area partnership", HEAD),
        Paragraph("Anyshire County Council and NHS Anyshire Integrated Care Board (ICB) are jointly responsible for the planning and commissioning of services for children and young people with SEND in Anyshire.", BODY),
        Paragraph("What is it like to be a child or young person with SEND in this area?", HEAD),
        Paragraph(PROSE[1], BODY), Paragraph(PROSE[2], BODY), Paragraph("What is the area partnership doing that is effective?", HEAD),
        *bullets(["Practitioners across the partnership know children and young people well.", "Families value the help of the early support team."]),
        PageBreak(),
        Paragraph("What does the area partnership need to do better?", HEAD),
        *bullets(["Too many children and young people wait too long for their needs to be assessed.", "Leaders do not evaluate the difference that their work makes."]),
        Paragraph("Areas for priority action", HEAD),
        table([["<b>Responsible body</b>", "<b>Areas for priority action</b>"],
               ["NHS Anyshire ICB and Anyshire County Council", priority[0]], ["Anyshire County Council", priority[1]]], [5 * cm, 11 * cm]),
        Paragraph("Areas for improvement", HEAD),
        table([["<b>Areas for improvement</b>"]] + [[each] for each in better], [16 * cm]),
        Paragraph("Local area partnership details", HEAD),
        table([["<b>Local authority</b>", "<b>Integrated care board</b>"], ["Anyshire County Council", "NHS Anyshire Integrated Care Board"],
               ["Director of Children’s Services", "Chief Executive"], ["www.anyshire.example.org", "www.anyshire-icb.example.org"]], [8 * cm, 8 * cm]),
        Paragraph("Information about this inspection", HEAD),
        Paragraph("This inspection was carried out at the request of the Secretary of State for Education under section 20(1)(a) of the Children Act 2004. It was led by one of His Majesty’s Inspectors from Ofsted, with a team of inspectors, including one from the Care Quality Commission (CQC).", BODY),
    ]
    build("send-anyshire", story, "Area SEND inspection of Anyshire, March 2023", "{page}   www.gov.uk/ofsted")
    truth("send-anyshire", inspectorate="Ofsted and the Care Quality Commission", framework="send-2023", authority="Anyshire County Council",
          title="Area SEND inspection of Anyshire Local Area Partnership", fieldwork={"from": "2023-02-27", "until": "2023-03-10"},
          judgements=judged(("Inspection outcome", outcome)), recommendations=priority + better)


def cqc():
    scores = [("Assessing needs", 2, "Evidence shows some shortfalls"), ("Supporting people to lead healthier lives", 3, "Evidence shows a good standard"),
              ("Equity in experience and outcomes", 2, "Evidence shows some shortfalls"), ("Care provision, integration and continuity", 3, "Evidence shows a good standard"),
              ("Partnerships and communities", 3, "Evidence shows a good standard"), ("Safe pathways, systems and transitions", 2, "Evidence shows some shortfalls"),
              ("Safeguarding", 1, "Evidence shows significant shortfalls"), ("Governance, management and sustainability", 2, "Evidence shows some shortfalls"),
              ("Learning, improvement and innovation", 3, "Evidence shows a good standard")]
    story = [
        Paragraph("Anyborough Council: local authority assessment", BIG),
        Paragraph("How we assess local authorities", HEAD),
        Paragraph("Assessment published: 17 May 2024", BODY),
        Paragraph("About Anyborough Council", HEAD), Paragraph("Demographics", SUB),
        Paragraph("Anyborough Council is a unitary authority. It has an Index of Multiple Deprivation score of 7, and an ageing population.", BODY),
        Paragraph("Overall summary", HEAD), Paragraph("Local authority rating and score", SUB),
        Paragraph("Anyborough Council", BODY), Paragraph("Requires improvement", SUB), PageBreak(),
        Paragraph("Quality statement scores", HEAD),
    ]
    for area, score, _words in scores:
        story += [Paragraph(area, SUB), Paragraph(f"Score: {score}", BODY)]
    story += [PageBreak(), Paragraph("Summary of people’s experiences", HEAD), Paragraph(PROSE[0].replace("Children", "People"), BODY),
              Paragraph("Summary of strengths, areas for development and next steps", HEAD),
              Paragraph("There were waiting lists for assessments and reviews, and the local authority recognised that it needed to reduce them. Carers told us that they waited too long for an assessment of their own.", BODY),
              Paragraph("The local authority had plans to improve its oversight of safeguarding enquiries, but these were not yet embedded. It planned a new data dashboard for the autumn.", BODY),
              Paragraph("Theme 1: How the local authority works with people", HEAD),
              Paragraph("This theme includes these quality statements:", BODY), *bullets(["Assessing needs", "Supporting people to lead healthier lives", "Equity in experience and outcomes"]),
              Paragraph("Assessing needs", HEAD), Paragraph("Score: 2", SUB), Paragraph("2 - Evidence shows some shortfalls", SUB),
              Paragraph("What people expect", SUB), Paragraph("I have care and support that is coordinated, and everyone works well together and with me.", BODY),
              Paragraph("Key findings for this quality statement", SUB), Paragraph(PROSE[1].replace("children", "people"), BODY)]
    build("cqc-anyborough", story, None, "{page}")
    truth("cqc-anyborough", inspectorate="Care Quality Commission", framework="cqc-assessment", authority="Anyborough Council",
          title="Anyborough Council: local authority assessment", published="2024-05-17",
          judgements=judged(("Overall", "Requires improvement"), *[(area, f"Score {score}") for area, score, _words in scores]))


def fire():
    afi_risk = "The service should ensure that it gathers and records relevant and up-to-date risk information to help protect firefighters, the public and property during an emergency."
    afi_prevention = [
        "The service should ensure that it targets its prevention work at people most at risk.",
        "The service should evaluate its prevention activity so that it understands what works.",
    ]
    concern = [
        "ensure that the risk-based inspection programme is put into effect within its timescales;",
        "review how it deals with false alarms so that it uses its resources well; and",
        "make sure that staff who carry out audits are competent to do so.",
    ]
    afi_people = ["The service should put in place a process to identify, develop and support high-potential staff and aspiring leaders."]
    intro = [
        Paragraph("Fire &amp; Rescue Service", HEAD), Paragraph("Effectiveness, efficiency and people 2021/22", HEAD),
        Paragraph("An inspection of Anyshire Fire and Rescue Service", BIG), Spacer(1, 300), Paragraph("July 2022", BODY),
        PageBreak(), Paragraph("Contents", HEAD),
    ]
    for text, page in [("About this inspection", 1), ("Overview", 2), ("Effectiveness", 3), ("Areas for improvement", 3), ("Efficiency", 5), ("People", 6)]:
        intro.append(Table([[Paragraph(text, BODY), Paragraph(str(page), BODY)]], colWidths=[14 * cm, 1 * cm]))
    grid = Table([[Paragraph(f"<b>{each}</b>", NARROW) for each in ("Outstanding", "Good", "Requires improvement", "Inadequate")],
                  ["", Paragraph("Responding to fires and other emergencies", NARROW), Paragraph("Understanding fire and other risks", NARROW), Paragraph("Protecting the public through fire regulation", NARROW)],
                  ["", Paragraph("Making best use of resources", NARROW), Paragraph("Preventing fires and other risks", NARROW), ""],
                  ["", "", Paragraph("Managing performance and developing leaders", NARROW), ""]], colWidths=[4 * cm] * 4)
    grid.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "#888888"), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
    intro += [
        NextPageTemplate("one"), PageBreak(), Paragraph("About this inspection", HEAD),
        Paragraph("This is our third inspection of fire and rescue services across England. We inspected Anyshire Fire and Rescue Service in March 2022. Where we identify areas for improvement, we give them in this report. We also say where we have found causes of concern.", BODY),
        Paragraph("Overview", HEAD), Paragraph("Our judgments", SUB), Paragraph("Our inspection assessed how well Anyshire Fire and Rescue Service has performed in 11 areas. We have made the following graded judgments:", BODY), grid,
        NextPageTemplate("two"), PageBreak(),
        Paragraph("Effectiveness", BIG),
    ]

    def part(name, grade, sentence, body):
        return [Paragraph(name, HEAD), Paragraph(grade, SUB), Paragraph(sentence, NARROW), *body]

    def prose(start=0, end=6):
        # New paragraphs each time: one that was drawn can't be drawn again.
        return [Paragraph(each.replace("Children", "People").replace("children", "people"), NARROW) for each in PROSE[start:end]]

    story = intro + part("Understanding fire and other risks", "Requires improvement", "Anyshire Fire and Rescue Service requires improvement at understanding risk.",
                         [Paragraph("Areas for improvement", SUB), Paragraph(afi_risk, NARROW), Paragraph("We set out our detailed findings below. These are the basis for our judgment of the service’s performance in this area.", NARROW), *prose(0, 4)])
    story += part("Preventing fires and other risks", "Requires improvement", "Anyshire Fire and Rescue Service requires improvement at preventing fires and other risks.",
                  [Paragraph("Areas for improvement", SUB), *bullets(afi_prevention, "•", NARROW), Paragraph("We set out our detailed findings below. These are the basis for our judgment of the service’s performance in this area.", NARROW), *prose()])
    story += part("Protecting the public through fire regulation", "Inadequate", "Anyshire Fire and Rescue Service is inadequate at protecting the public through fire regulation.",
                  [Paragraph("Cause of concern", SUB), Paragraph("The service does not have enough resources to meet the requirements of its risk-based inspection programme.", NARROW),
                   Paragraph("Recommendations", SUB), Paragraph("Within 28 days, the service should provide an action plan. By 31 March 2023, the service should:", NARROW), *bullets(concern, "–", NARROW),
                   Paragraph("We set out our detailed findings below. These are the basis for our judgment of the service’s performance in this area.", NARROW), *prose()])
    story += part("Responding to fires and other emergencies", "Good", "Anyshire Fire and Rescue Service is good at responding to fires and other emergencies.", prose(2))
    story += [Paragraph("Efficiency", BIG)]
    story += part("Making best use of resources", "Good", "Anyshire Fire and Rescue Service is good at making best use of its resources.", prose(0, 3))
    story += [Paragraph("People", BIG)]
    story += part("Managing performance and developing leaders", "Requires improvement", "Anyshire Fire and Rescue Service requires improvement at managing performance and developing leaders.",
                  [Paragraph("Areas for improvement", SUB), *[Paragraph(each, NARROW) for each in afi_people], Paragraph("We set out our detailed findings below. These are the basis for our judgment of the service’s performance in this area.", NARROW), *prose(0, 2)])
    build("fire-anyshire", story, "HMICFRS: Anyshire Fire and Rescue Service 2021/22", "{page}")
    truth("fire-anyshire", inspectorate="HMICFRS", framework="hmicfrs-fire", authority="Anyshire Fire and Rescue Service",
          title="An inspection of Anyshire Fire and Rescue Service",
          judgements=judged(("Understanding fire and other risks", "Requires improvement"), ("Preventing fires and other risks", "Requires improvement"),
                            ("Protecting the public through fire regulation", "Inadequate"), ("Responding to fires and other emergencies", "Good"),
                            ("Making best use of resources", "Good"), ("Managing performance and developing leaders", "Requires improvement")),
          recommendations=[afi_risk, *afi_prevention,
                           "By 31 March 2023, the service should ensure that the risk-based inspection programme is put into effect within its timescales.",
                           "By 31 March 2023, the service should review how it deals with false alarms so that it uses its resources well.",
                           "By 31 March 2023, the service should make sure that staff who carry out audits are competent to do so.", *afi_people])


def plan():
    """Negative: a council's own plan, which repeats the inspectors' words and asks its Cabinet for something."""
    story = [
        Paragraph("ANYBOROUGH COUNCIL", BIG), Paragraph("Report to Cabinet", HEAD), Paragraph("10 May 2016", BODY),
        Paragraph("Report of: Director of Children’s Services", BODY), Paragraph("Improvement plan after the inspection of services for children in need of help and protection, children looked after and care leavers", HEAD),
        Paragraph("Purpose of the report", HEAD), Paragraph("1. To inform Cabinet of the plan that answers the recommendations that Ofsted made.", BODY),
        Paragraph("Recommendations", HEAD), *numbered(["To note and agree the improvement plan.", "To receive a progress report every quarter."], 2),
        Paragraph("Background", HEAD), Paragraph("4. Between 23 November 2015 and 17 December 2015 Ofsted inspected Anyborough Council. The report was published on 19 February 2016.", BODY),
        Paragraph("Areas for improvement", HEAD), *bullets(["Supervision: a new standard is in place, and audits show that it is met in three teams of four.", "Chronologies: training has been given to all social workers."]),
        Paragraph("Reason for the decision", HEAD), Paragraph("9. The plan is due to Ofsted by 30 June 2016.", BODY),
    ]
    build("not-a-report-plan", story, "Cabinet, 10 May 2016", "{page}")
    truth("not-a-report-plan")


if __name__ == "__main__":
    for make in (sif, ilacs, send, cqc, fire, plan):
        make()
