"""Lets schemathesis ask of the inspection that there is, half of the time: else every address were another's."""

import os

import schemathesis

KNOWN = {"authority": os.environ["FUZZ_AUTHORITY"], "reference": os.environ["FUZZ_REFERENCE"]}
asked = 0


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    global asked
    asked += 1
    if not path_parameters or asked % 2 == 0:
        return path_parameters
    return {**path_parameters, **{name: KNOWN[name] for name in path_parameters if name in KNOWN}}
