"""Statements: who condemns, denies, accuses, admits, calls for, worries about or claims what, and what is none of these."""

from __future__ import annotations

import pytest
from growth import grows_in_proportion
from hypothesis import given
from hypothesis import strategies as st

from harmledger.domain import Source, Statement, Words
from harmledger.extract.statements import find_statements
from harmledger.text.sentences import split_sentences

Expected = tuple[str, str, str | None]


def found_in(text: str) -> list[Statement]:
    return list(find_statements(text, split_sentences(text)))


def flat(statements: list[Statement]) -> list[Expected]:
    return [(s.kind.value, s.speaker.words.exact, s.target and s.target.exact) for s in statements]


CASES: dict[str, list[Expected]] = {
    # condemn
    "Oman condemned the attack on the port.": [("condemn", "Oman", "the attack on the port")],
    "The Foreign Ministry in Baku strongly condemned the shelling of Barda as a crime against civilians.": [
        ("condemn", "The Foreign Ministry in Baku", "the shelling of Barda")
    ],
    "“We condemn this cowardly raid,” the governor of Marib said.": [
        ("condemn", "the governor of Marib", "this cowardly raid")
    ],
    "The raid was condemned by the African Union.": [("condemn", "the African Union", "The raid")],
    "The bombing of the clinic drew condemnation from Doctors of the World.": [
        ("condemn", "Doctors of the World", None)
    ],
    "UNICEF expressed its outrage at the killing of schoolchildren in Taiz.": [
        ("condemn", "UNICEF", "the killing of schoolchildren in Taiz")
    ],
    "Lina Barakat, the union’s president, denounced the bombing as a massacre.": [
        ("condemn", "Lina Barakat", "the bombing")
    ],
    "The mayor visited the wounded and condemned the strike.": [("condemn", "The mayor", "the strike")],
    "The bishop released a statement condemning the attack on the church.": [
        ("condemn", "The bishop", "the attack on the church")
    ],
    "Jordan said it condemned “the barbaric shelling” of the camp.": [
        ("condemn", "Jordan", "the barbaric shelling” of the camp")
    ],
    "The council did not condemn the air raids.": [],
    "Activists urged Geneva to condemn the raids.": [("call_for", "Activists", "Geneva")],
    "Rebels should condemn the killings, the envoy hopes.": [],
    "The condemned cells of the prison were hit by shelling.": [],
    # deny
    "The army denied targeting civilians in Derna.": [("deny", "The army", "targeting civilians in Derna")],
    "Ethiopia’s government denies that its forces shelled the town.": [
        ("deny", "Ethiopia’s government", "its forces shelled the town")
    ],
    "Col. Idris Salem denied any role in the bombing.": [("deny", "Col. Idris Salem", "any role in the bombing")],
    "The claim was denied by the Defence Ministry, which said no strike took place.": [
        ("deny", "the Defence Ministry", "The claim")
    ],
    "Moscow dismissed the allegations of chemical attacks as baseless.": [
        ("deny", "Moscow", "the allegations of chemical attacks as baseless")
    ],
    "Hamas has not denied the killing of the hostages.": [],
    "Besieged families were denied access to the hospital by soldiers.": [],
    "The militia rejected accusations that it had executed detainees.": [
        ("deny", "The militia", "accusations that it had executed detainees")
    ],
    # accuse
    "Kyiv accused Russia of bombing a theatre.": [("accuse", "Kyiv", "Russia")],
    "Residents blamed the coalition for the air strike.": [("accuse", "Residents", "the coalition")],
    "Sanaa blames the blast on Saudi warplanes.": [("accuse", "Sanaa", "Saudi warplanes")],
    "The opposition held the regime responsible for the massacre.": [("accuse", "The opposition", "the regime")],
    "The brigade was accused of torture.": [],
    "The brigade was accused by Amnesty International of torture.": [
        ("accuse", "Amnesty International", "The brigade")
    ],
    "“They accuse us of terror,” the commander said, “but we accuse the army of war crimes.”": [
        ("accuse", "the commander", "the army")
    ],
    "Armenia has repeatedly accused Azerbaijan of violating the ceasefire.": [("accuse", "Armenia", "Azerbaijan")],
    # admit
    "The Pentagon admitted that its drone had killed civilians.": [
        ("admit", "The Pentagon", "its drone had killed civilians")
    ],
    "The Israeli military acknowledged hitting the ambulance by mistake.": [
        ("admit", "The Israeli military", "hitting the ambulance by mistake")
    ],
    "Al-Shabaab claimed responsibility for the attack in a radio broadcast.": [("admit", "Al-Shabaab", "the attack")],
    "No group has claimed responsibility for the bombing.": [],
    "The attack was claimed by Boko Haram.": [("admit", "Boko Haram", "The attack")],
    "The minister admitted to ordering the shelling.": [("admit", "The minister", "ordering the shelling")],
    # call_for
    "Egypt called on both generals to stop the fighting.": [("call_for", "Egypt", "both generals")],
    "The Red Cross called for a truce in Khartoum.": [("call_for", "The Red Cross", "a truce in Khartoum")],
    "The pope urged all sides to spare civilians.": [("call_for", "The pope", "all sides")],
    "Families of the detained demanded the release of their sons.": [
        ("call_for", "Families of the detained", "the release of their sons")
    ],
    "The envoy renewed his appeal to the rebels to lift the siege.": [("call_for", "The envoy", "the rebels")],
    "The spokeswoman repeated Kenya’s earlier calls on its neighbours to withdraw their troops.": [
        ("call_for", "The spokeswoman", "its neighbours")
    ],
    "“We call on the warring parties to open roads for aid,” she said.": [("call_for", "she", "the warring parties")],
    "Turkey called on Tuesday for an end to the attacks.": [("call_for", "Turkey", "an end to the attacks")],
    "The so-called Islamic State attacked the village.": [],
    "Soldiers met the demands of the hostage takers.": [],
    # express_concern
    "“We are deeply concerned about the strikes on Hodeidah,” said envoy Karl Brandt.": [
        ("express_concern", "envoy Karl Brandt", "the strikes on Hodeidah")
    ],
    "The Secretary-General expressed grave concern over the escalation in Idlib.": [
        ("express_concern", "The Secretary-General", "the escalation in Idlib")
    ],
    "The agency said it was alarmed by attacks on hospitals.": [
        ("express_concern", "The agency", "attacks on hospitals")
    ],
    "The EU voiced its deep concern about the siege.": [("express_concern", "The EU", "the siege")],
    "Doctors are worried that more shelling will follow.": [
        ("express_concern", "Doctors", "more shelling will follow")
    ],
    "The strikes raised fears of a wider war.": [],
    # claim
    "The spokesman said the raids kill more civilians than fighters.": [
        ("claim", "The spokesman", "kill more civilians")
    ],
    "“These bombs are increasing the civilian death toll,” Haddad said.": [
        ("claim", "Haddad", "increasing the civilian death toll")
    ],
    "Activists said the shelling caused civilian casualties.": [("claim", "Activists", "caused civilian casualties")],
    "According to residents, civilians were killed in the raid.": [("claim", "residents", "civilians were killed")],
    "The raids have caused many civilian deaths since spring.": [],
    "Activists said the shelling killed 14 civilians.": [],
    "The army said no civilians were killed.": [],
    "The alliance has been accused of killing civilians.": [],
    # several, and none
    "“We are alarmed by the raids,” Salem said, adding, “We condemn these crimes.”": [
        ("condemn", "Salem", "these crimes"),
        ("express_concern", "Salem", "the raids"),
    ],
    "The US-led coalition began bombing targets in 2014 without the consent of the government.": [],
    "The war began with protests in 2011.": [],
    "The striker condemned his club’s transfer policy.": [],
    # Arabic
    "أدانت وزارة الخارجية القطرية القصف على المستشفى.": [("condemn", "وزارة الخارجية القطرية", "القصف على المستشفى")],
    "نفى الجيش السوداني استهداف المدنيين في الفاشر.": [("deny", "الجيش السوداني", "استهداف المدنيين في الفاشر")],
    "اتهم الدفاع المدني قوات النظام بقصف السوق.": [("accuse", "الدفاع المدني", "قوات النظام بقصف السوق")],
    "تبنى تنظيم داعش الهجوم على الحاجز.": [("admit", "تنظيم داعش", "الهجوم على الحاجز")],
    "دعت الأمم المتحدة إلى وقف القتال، وقصف المدن.": [("call_for", "الأمم المتحدة", "إلى وقف القتال")],
    "أعربت الصليب الأحمر عن قلقها من الهجمات على المدنيين.": [
        ("express_concern", "الصليب الأحمر", "عن قلقها من الهجمات على المدنيين")
    ],
    "لم يدين المجلس القصف.": [],
}


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_a_sentence_gives_its_statements(text: str, expected: list[Expected]) -> None:
    """Kind, speaker and target are the sentence's own; denied, wished and unspoken acts are none."""
    assert sorted(flat(found_in(text)), key=str) == sorted(expected, key=str)


def test_a_quotation_goes_on_with_its_speaker() -> None:
    """First-person words in a quotation without a speaker of its own are those of whoever spoke before."""
    text = "“Our town is under fire,” Mayor Adel Nassar said. “We condemn the shelling of our homes.”"
    assert ("condemn", "Mayor Adel Nassar", "the shelling of our homes") in flat(found_in(text))


def test_every_value_stands_on_its_words() -> None:
    """Sentence, speaker, cue, words of when and target slice to their own text."""
    text = "On Monday the raids went on.\n\nQatar condemned the bombing on Tuesday. “We are worried about the siege,” it said."
    for statement in found_in(text):
        words = [
            statement.sentence,
            statement.speaker.words,
            statement.speaker.cue,
            statement.speaker.said,
            statement.target,
        ]
        assert all(text[w.start : w.end] == w.exact for w in words if w)


def test_speakers_may_come_from_outside() -> None:
    """The attributions of a stretch are asked of whoever knows them."""
    text = "“We condemn the attack.”"
    speaker = Source(words=Words(exact="We", start=1, end=3), cue=None, said=None)
    other = Source(words=Words(exact="condemn the", start=4, end=15), cue=None, said=None)
    found = find_statements(text, [(0, len(text))], sources=lambda _start, _end: [speaker, other])
    assert flat(list(found)) == []


@given(
    st.lists(
        st.sampled_from(
            'we they condemned denied “ ” " said, . by on the attack civilians killed Qatar and أدان القصف \n'.split(
                " "
            )
        ),
        max_size=30,
    )
)
def test_no_text_breaks_the_finder(words: list[str]) -> None:
    """Any order of words gives statements that slice, or none."""
    text = " ".join(words)
    assert all(text[s.sentence.start : s.sentence.end] == s.sentence.exact for s in found_in(text))


@pytest.mark.parametrize(
    "run", ["condemned by ", "call on , who ", "we “condemn the attack on ", "on and said blamed on "]
)
def test_hostile_text_is_read_in_time(run: str) -> None:
    """Long runs of the lexicon's own words take time in proportion to their length."""
    assert grows_in_proportion(lambda n: find_statements(run * n, [(0, len(run) * n)]), 4000)
