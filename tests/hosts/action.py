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
    summary = tempfile.NamedTemporaryFile(mode="r", suffix=".md")
    failed = 0
    for step in document["runs"]["steps"]:
        if not holds(step.get("if", "success()"), inputs, failed):
            print(f"-- left out: {step['name']}")
            continue
        print(f"-- {step['name']}", flush=True)
        environment = dict(os.environ, GITHUB_ACTION_PATH=action, GITHUB_OUTPUT=outputs.name, GITHUB_STEP_SUMMARY=summary.name)
        for name, value in step.get("env", {}).items():
            environment[name] = filled(value, inputs)
        # A runner runs `shell: bash` in this way.
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        code = subprocess.run(command, cwd=folder, env=environment, check=False).returncode
        failed = failed or code
    print("-- outputs")
    print(outputs.read())
    print("-- summary")
    print(summary.read())
    sys.exit(failed)


def holds(condition, inputs, failed):
    match = re.fullmatch(r"\$\{\{ !cancelled\(\) && inputs\.([\w-]+) == '([^']*)' \}\}", condition)
    if match:
        return inputs[match[1]] == match[2]
    if condition == "success()":
        return not failed
    sys.exit(f"this condition is not known: {condition}")


def filled(value, inputs):
    return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: inputs[match[1]], value)


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), sys.argv[2], sys.argv[3:])
