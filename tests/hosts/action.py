"""Runs the shell steps of a composite GitHub Action as a runner would: with its inputs, its conditions and its output file."""

import os
import re
import subprocess
import sys
import tempfile

from ruamel.yaml import YAML


def main(action, folder, given):
    with open(os.path.join(action, "action.yml"), encoding="utf-8") as file:
        document = YAML(typ="safe").load(file)
    inputs = {name: str(of.get("default", "")) for name, of in document["inputs"].items()}
    for pair in given:
        name, value = pair.split("=", 1)
        if name not in inputs:
            sys.exit(f"the action has no input {name}")
        inputs[name] = value
    outputs = tempfile.NamedTemporaryFile(mode="r", suffix=".txt")
    for step in document["runs"]["steps"]:
        if not holds(step.get("if", "true"), inputs):
            print(f"-- left out: {step['name']}")
            continue
        print(f"-- {step['name']}", flush=True)
        environment = dict(os.environ, GITHUB_ACTION_PATH=action, GITHUB_OUTPUT=outputs.name)
        for name, value in step.get("env", {}).items():
            environment[name] = filled(value, inputs)
        # A runner runs `shell: bash` in this way.
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        code = subprocess.run(command, cwd=folder, env=environment, check=False).returncode
        if code != 0:
            sys.exit(code)
    print("-- outputs")
    print(outputs.read())


def holds(condition, inputs):
    match = re.fullmatch(r"inputs\.([\w-]+) == '([^']*)'", condition)
    if match:
        return inputs[match[1]] == match[2]
    if condition == "true":
        return True
    sys.exit(f"this condition is not known: {condition}")


def filled(value, inputs):
    return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: inputs[match[1]], value)


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), sys.argv[2], sys.argv[3:])
