"""What the default questionnaire promises: complete, sourced and without a side of its own."""

from __future__ import annotations

from collections import defaultdict

import pytest

from decider.engine.flow import walk
from decider.engine.schema import Evidence, Questionnaire

SECTIONS = [
    "Lift-and-shift vs greenfield",
    "Security sensitivity",
    "Multi-OS needs",
    "Spin-up frequency",
    "Resources, density and performance",
    "Networking",
    "Availability and failure",
    "Delivery and life cycle",
    "Team and operations",
    "Platform limits",
]
ALTERNATIVES = [
    "vm",
    "containers",
    "containers-on-vms",
    "microvm",
    "kubevirt",
    "paas",
    "hybrid",
    "staged",
]
FACTORS = {
    "app_drives_os",
    "app_variety",
    "attack_surface",
    "availability_distribution",
    "ci_cd",
    "complementary",
    "containers_on_vms",
    "control",
    "cost",
    "cost_of_isolation",
    "custom_kernel_or_hardware",
    "decomposability",
    "density_utilisation",
    "efficiency_not_decisive",
    "existing_app_as_is",
    "fault_tolerance_of_app",
    "full_os",
    "greenfield",
    "hardening",
    "host_coupling",
    "hybrid",
    "hybrid_management",
    "image_provenance",
    "isolation_flexibility",
    "it_depends",
    "kernel_exploit",
    "kernel_panic_blast_radius",
    "kubevirt",
    "learning_cost",
    "licence_cost",
    "lifecycle_security",
    "lifetime",
    "lift_and_shift",
    "lift_then_decompose",
    "maintainability",
    "maturity",
    "microvm",
    "namespace_gaps",
    "nested_virtualisation",
    "network_leakage",
    "networking",
    "noisy_neighbour",
    "number_of_copies",
    "one_service_per_box",
    "operability",
    "os_mix",
    "os_upgrade_independence",
    "over_decomposition",
    "paas",
    "packaging",
    "performance",
    "portability",
    "release_velocity",
    "resource_limits",
    "root_privileges",
    "sandbox_tradeoff",
    "security_critical",
    "security_isolation",
    "shared_fate",
    "side_channels",
    "single_kernel",
    "single_point_of_failure",
    "speed_critical",
    "spin_up_frequency",
    "startup_time",
    "storage_footprint",
    "storage_io",
    "team_ownership",
    "threat_model",
    "tooling_compatibility",
    "upfront_work",
    "vm_escape",
    "vm_platform_config",
    "whether_to_move",
}
VETOES = {
    "what-exists": {"nothing": ["staged"]},
    "vendor-form": {"appliance": ["containers", "containers-on-vms", "microvm", "paas"]},
    "boundary": {"own-kernel": ["containers"]},
    "os-mix": {"other": ["containers", "containers-on-vms", "microvm", "paas"]},
    "kernel": {"modules": ["containers", "paas"]},
    "hardware": {"whole-device": ["paas"]},
    "hosts": {"edge": ["paas"]},
    "nested": {"neither": ["kubevirt"]},
}


def every_evidence(questionnaire: Questionnaire) -> list[tuple[str, str, Evidence]]:
    """Question key, choice key and evidence, for all there is."""
    return [
        (question.key, choice.key, evidence)
        for question in questionnaire.questions.values()
        for choice in question.choices
        for evidence in choice.evidence.values()
    ]


def test_sections_and_alternatives_stand_in_their_order(questionnaire: Questionnaire) -> None:
    assert [section.title for section in questionnaire.sections] == SECTIONS
    assert [alternative.key for alternative in questionnaire.alternatives] == ALTERNATIVES


def test_every_factor_is_quoted_and_asked_about(questionnaire: Questionnaire) -> None:
    assert {quotation.factor for quotation in questionnaire.quotations} == FACTORS
    questions = questionnaire.questions.values()
    assert {factor for question in questions for factor in question.factors} == FACTORS


def test_every_quotation_is_short_and_used(questionnaire: Questionnaire) -> None:
    assert [q.key for q in questionnaire.quotations if len(q.text.split()) >= 30] == []
    used = {key for _, _, evidence in every_evidence(questionnaire) for key in evidence.quotations}
    for question in questionnaire.questions.values():
        used.update(question.quotations)
    for disagreement in questionnaire.disagreements:
        used.update(disagreement.a.quotations, disagreement.b.quotations)
    assert used == set(questionnaire.quotation_by_key)


def test_every_choice_has_researched_evidence_for_every_alternative(
    questionnaire: Questionnaire,
) -> None:
    for question in questionnaire.questions.values():
        for choice in question.choices:
            assert list(choice.evidence) == ALTERNATIVES, f"{question.key}: {choice.key}"
            assert any(evidence.value for evidence in choice.evidence.values()) or (
                question.key,
                choice.key,
            ) == ("machine-cost", "noticeable")


def test_every_evidence_has_a_source_or_a_basis(questionnaire: Questionnaire) -> None:
    bare = [
        (question, choice, evidence.alternative)
        for question, choice, evidence in every_evidence(questionnaire)
        if not evidence.reason or not (evidence.quotations or evidence.basis)
    ]
    assert bare == []


def test_hard_constraints_are_vetoes(questionnaire: Questionnaire) -> None:
    vetoes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for question, choice, evidence in every_evidence(questionnaire):
        if evidence.veto:
            vetoes[question][choice].append(evidence.alternative)
    assert vetoes == VETOES


@pytest.mark.parametrize("alternative", ALTERNATIVES)
def test_several_questions_can_speak_strongly_for_and_against_each_alternative(
    questionnaire: Questionnaire, alternative: str
) -> None:
    strong: dict[int, set[str]] = defaultdict(set)
    for question, _, evidence in every_evidence(questionnaire):
        if evidence.alternative == alternative:
            strong[evidence.value].add(question)
    assert len(strong[2]) >= 3
    assert len(strong[-2]) >= 2


def test_no_two_choices_of_a_question_say_the_same(questionnaire: Questionnaire) -> None:
    for question in questionnaire.questions.values():
        rows = [tuple(e.value for e in choice.evidence.values()) for choice in question.choices]
        assert len(set(rows)) == len(rows), question.key


def test_every_label_names_what_is_chosen(questionnaire: Questionnaire) -> None:
    for question in questionnaire.questions.values():
        assert question.text.endswith("?")
        assert "\n" not in question.help
        labels = [choice.label for choice in question.choices]
        assert len(set(labels)) == len(labels)
        assert not {label.lower().strip(".") for label in labels} & {"yes", "no", "maybe", "other"}


def test_every_disagreement_quotes_and_places_both_sides(questionnaire: Questionnaire) -> None:
    assert len(questionnaire.disagreements) == 15
    for disagreement in questionnaire.disagreements:
        for side in (disagreement.a, disagreement.b):
            assert side.quotations, disagreement.key
            assert side.when, disagreement.key
        for question in disagreement.a.when:
            shared = set(disagreement.a.when[question]) & set(disagreement.b.when.get(question, ()))
            assert shared == set(), disagreement.key


def test_every_conflict_can_arise(questionnaire: Questionnaire) -> None:
    assert len(questionnaire.conflicts) >= 12
    for conflict in questionnaire.conflicts:
        answers = {key: choices[0] for key, choices in conflict.when.items()}
        for key in conflict.when:
            question = questionnaire.questions[key]
            while question.shown_when is not None:
                parent = question.shown_when
                answers.setdefault(parent.question, sorted(parent.choices)[0])
                question = questionnaire.questions[parent.question]
        visible = {question.key for question in walk(questionnaire, answers).visible}
        assert set(conflict.when) <= visible, conflict.key


def test_staged_and_hybrid_have_a_road(questionnaire: Questionnaire) -> None:
    roads = [alternative.key for alternative in questionnaire.alternatives if alternative.road]
    assert roads == ["hybrid", "staged"]
