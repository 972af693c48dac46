"""Edits workbooks as a person would, by openpyxl: one process for all of them.

Reads lines of JSON: {"file": …, "to": …, "cells": [{"sheet": …, "cell": "F14", "value": …, "date": "2027-03-26"?}]}.
Answers one line for each.
"""
import datetime
import json
import sys

import openpyxl

for line in sys.stdin:
    asked = json.loads(line)
    book = openpyxl.load_workbook(asked["file"])
    for cell in asked["cells"]:
        value = cell.get("value")
        if "date" in cell:
            value = datetime.datetime.fromisoformat(cell["date"])
        there = book[cell["sheet"]][cell["cell"]]
        there.value = value
        # As Excel takes it in a cell whose form is text.
        if there.number_format == "@" and isinstance(value, str):
            there.data_type = "s"
    book.save(asked["to"])
    print(json.dumps({"to": asked["to"]}), flush=True)
