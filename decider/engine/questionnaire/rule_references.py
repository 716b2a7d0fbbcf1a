"""Where layers, candidates and requirements of a questionnaire file don't hold together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from decider.engine.questionnaire.errors import PathError
from decider.engine.questionnaire.grouped import names_of
from decider.engine.questionnaire.nodes import Known, Node, duplicates, unknown_key
from decider.engine.questionnaire.rules import OTHERS, STATUSES


def rule_errors(known: Known) -> Iterator[PathError]:
    """Where layers, candidates and requirements name what isn't there, or contradict themselves."""
    yield from _layers(known)
    required = _required(known)
    for alternative in known.root.nodes("alternatives"):
        if alternative.text("key") == OTHERS:
            message = f'"{OTHERS}" has a meaning of its own beside the keys of alternatives'
            yield PathError(alternative.at("key"), message)
        yield from _whens(known, required, alternative.node("candidate"))
    yield from duplicates(known.root.nodes("requirements"))
    for requirement in known.root.nodes("requirements"):
        yield from _whens(known, required, requirement)
        yield from _compliance(known, requirement)


def named_twice(groups: Sequence[Node]) -> Iterator[PathError]:
    """An error for each alternative that more than one entry of these groups names."""
    first: dict[str, str] = {}
    for group in groups:
        for entry, names in names_of(group.data).items():
            if OTHERS in names and len(names) > 1:
                yield PathError(group.at(entry), f'"{OTHERS}" stands alone')
            for name in names:
                if name in first:
                    yield PathError(group.at(entry), f'"{name}" is already in {first[name]}')
                first.setdefault(name, group.at(entry))


def _layers(known: Known) -> Iterator[PathError]:
    layers = list(known.root.nodes("layers"))
    yield from duplicates(layers)
    for layer in layers:
        yield from duplicates(layer.nodes("values"))
    values = {node.text("key"): [v.text("key") for v in node.nodes("values")] for node in layers}
    for alternative in known.root.nodes("alternatives"):
        yield from _layers_of(alternative, values)
    for question in known.questions:
        if named := question.text("layer"):
            yield from unknown_key("layer", question.at("layer"), named, values)


def _layers_of(alternative: Node, values: Mapping[str, list[str]]) -> Iterator[PathError]:
    own = alternative.node("layers")
    for layer in own.data:
        yield from unknown_key("layer", own.at(layer), layer, values)
        if layer in values and (value := own.text(layer)):
            yield from unknown_key(f'value of "{layer}"', own.at(layer), value, values[layer])
    missing = [layer for layer in values if layer not in own.data]
    if missing:
        yield PathError(alternative.path, f"names no value of these layers: {', '.join(missing)}")


def _compliance(known: Known, requirement: Node) -> Iterator[PathError]:
    groups = [requirement.node(status) for status in STATUSES]
    for group in groups:
        yield from known.about(group)
    yield from named_twice(groups)
    named = {name for group in groups for names in names_of(group.data).values() for name in names}
    missing = [key for key in known.alternatives if key not in named]
    if missing and OTHERS not in named:
        message = f"doesn't say whether these alternatives meet it: {', '.join(missing)}"
        yield PathError(requirement.path, message)


Required = Mapping[str, Mapping[str, frozenset[str]]]
"""By question those that it depends on, each with the choices that lead to it."""


def _whens(known: Known, required: Required, node: Node) -> Iterator[PathError]:
    """Errors of the combinations in the `when` of a mapping."""
    for when in node.nodes("when"):
        yield from known.when(when)
        if not _is_possible(required, when):
            yield PathError(when.path, "no path through the questions leads to all these answers")


def _is_possible(required: Required, when: Node) -> bool:
    """Whether the answers of a combination can be given together."""
    allowed: dict[str, frozenset[str]] = {}
    for question in when.data:
        own = frozenset(key for _, key in when.texts(question))
        if not own:  # misshapen, which the schema finds
            return True
        for above, choices in {**required.get(question, {}), question: own}.items():
            allowed[above] = allowed.get(above, choices) & choices
    return all(allowed.values())


def _required(known: Known) -> Required:
    required: dict[str, dict[str, frozenset[str]]] = {}
    for question in known.questions:
        condition = question.node("shown_when")
        parent = condition.text("question")
        own = {parent: frozenset(key for _, key in condition.texts("choices"))} if parent else {}
        required[question.text("key")] = {**required.get(parent, {}), **own}
    return required
