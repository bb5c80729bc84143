"""The common words around a place's name, and what they say of it: its kind, how near, which side.

English and Arabic. Nothing here knows a place; see `place`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from harmledger.domain import PlacePrecision
from harmledger.resources.gazetteer import PlaceKind

PRECISION = {
    PlaceKind.COUNTRY: PlacePrecision.UNASSIGNED,
    PlaceKind.REGION: PlacePrecision.PROVINCE,
    PlaceKind.PROVINCE: PlacePrecision.PROVINCE,
    PlaceKind.DISTRICT: PlacePrecision.DISTRICT,
    PlaceKind.SUBDISTRICT: PlacePrecision.SUBDISTRICT,
    PlaceKind.CITY: PlacePrecision.CITY,
    PlaceKind.TOWN: PlacePrecision.TOWN,
    PlaceKind.VILLAGE: PlacePrecision.VILLAGE,
    PlaceKind.NEIGHBOURHOOD: PlacePrecision.NEIGHBOURHOOD,
    PlaceKind.STREET: PlacePrecision.STREET,
    PlaceKind.LANDMARK: PlacePrecision.LANDMARK,
}
"""What naming a place of a kind, with no more said, tells of where in it."""

RADIUS_M = {
    PlacePrecision.EXACT: 100,
    PlacePrecision.LANDMARK: 500,
    PlacePrecision.STREET: 700,
    PlacePrecision.NEIGHBOURHOOD: 1_500,
    PlacePrecision.VILLAGE: 2_000,
    PlacePrecision.TOWN: 4_000,
    PlacePrecision.CITY: 8_000,
    PlacePrecision.SUBDISTRICT: 15_000,
    PlacePrecision.DISTRICT: 30_000,
    PlacePrecision.PROVINCE: 60_000,
    PlacePrecision.UNASSIGNED: 300_000,
}
"""How far from the point the event may lie, where the gazetteer has no reach of the place's own. A village's houses, a
city's built-up area, and the median reach of Syria's and Iraq's subdistricts, districts and governorates, rounded up."""

NEAR = {
    PlacePrecision.EXACT: PlacePrecision.LANDMARK,
    PlacePrecision.LANDMARK: PlacePrecision.LANDMARK,
    PlacePrecision.STREET: PlacePrecision.NEIGHBOURHOOD,
    PlacePrecision.NEIGHBOURHOOD: PlacePrecision.TOWN,
    PlacePrecision.VILLAGE: PlacePrecision.SUBDISTRICT,
    PlacePrecision.TOWN: PlacePrecision.SUBDISTRICT,
    PlacePrecision.CITY: PlacePrecision.SUBDISTRICT,
    PlacePrecision.SUBDISTRICT: PlacePrecision.DISTRICT,
    PlacePrecision.DISTRICT: PlacePrecision.PROVINCE,
}
"""What is left of a precision when the words say "near", "east of", "the outskirts", "the south of"."""


def _kinds(table: dict[PlaceKind, str]) -> dict[str, PlaceKind]:
    return {word: kind for kind, words in table.items() for word in words.split()}


NOUNS = _kinds(
    {
        PlaceKind.COUNTRY: "country nation state بلد دولة",
        PlaceKind.REGION: "region regions المنطقة",
        PlaceKind.PROVINCE: "province provinces governorate governorates oblast muhafazah محافظة محافظتي محافظات",
        PlaceKind.DISTRICT: "district districts county raion قضاء منطقة",
        PlaceKind.SUBDISTRICT: "subdistrict sub-district nahiya ناحية",
        PlaceKind.CITY: "city cities capital مدينة مدينتي مدن المدينة العاصمة",
        PlaceKind.TOWN: "town towns township بلدة بلدتي بلدات البلدة",
        PlaceKind.VILLAGE: "village villages hamlet hamlets farm farms قرية قريتي قرى القرية مزرعة مزارع",
        PlaceKind.NEIGHBOURHOOD: "neighborhood neighbourhood neighborhoods neighbourhoods quarter quarters suburb block "
        "camp camps حي حيي أحياء الحي ضاحية مخيم مخيمي مخيمات المخيم",
        PlaceKind.STREET: "street streets road roads highway avenue roundabout square junction crossroad crossroads "
        "intersection bridge شارع طريق الطريق دوار ساحة جسر أوتوستراد",
        PlaceKind.LANDMARK: "hospital mosque school airport airbase base dam crossing market church clinic university "
        "oilfield field prison checkpoint factory plant station tower building house home cemetery mountain hill valley "
        "island river park hotel bakery facility headquarters hall restaurant complex warehouse club college academy palace stadium مشفى مستشفى مسجد جامع "
        "مدرسة مطار سد معبر سوق حاجز محطة جبل تل منزل",
    }
)
"""Common nouns that say what kind of place a name beside them is."""

INSIDE = frozenset(_word for _word, _kind in NOUNS.items() if _kind in (PlaceKind.STREET, PlaceKind.LANDMARK))
"""Kinds that lie in a place and often carry its name: "Aleppo market", "the Raqqa road"."""

DIRECTIONS = frozenset(
    "north south east west northern southern eastern western northeast northwest southeast southwest north-east north-west "
    "south-east south-west northeastern northwestern southeastern southwestern north-eastern north-western south-eastern "
    "south-western n. s. e. w. ne nw se sw شمال جنوب شرق غرب شمالي جنوبي شرقي غربي الشمالي الجنوبي الشرقي الغربي الشمالية الجنوبية "
    "الشرقية الغربية".split()
)
AROUND = frozenset(
    "near nearby outside around outskirts surroundings surrounding vicinity close between beyond border borders along "
    "towards toward suburbs part parts side edge entrance قرب بالقرب محيط أطراف بين الواصل ضواحي حدود".split()
)
"""Words after which the event lies by the place, not for certain in it."""
RURAL = frozenset("countryside rural rif reef ريف أرياف الريف".split())
"""The land about a town: in the press of Syria and Iraq, its province without it."""
FUNCTION = frozenset(
    "the a an of in at to on and or from by with its their this that these is are was into inside within for as called "
    "named known some several two three four five six many other another both all also where which new old central "
    "centre center middle main area areas land lands place places zone site outpost location locations neighboring "
    "في من إلى على عن و أو وسط داخل مركز المركز عند نحو مناطق المناطق قرب إحدى بعض".split()
)
AREA = frozenset("area areas land zone region regions part parts منطقة المنطقة".split())
TOGETHER = frozenset("and or & to و".split())
"""Words that join places of equal standing."""
FORCES = frozenset(
    "army forces force troops warplanes warplane jets jet aircraft planes plane airstrike airstrikes strike strikes raid "
    "raids drone drones military officials official president government foreign defence defense minister ministry "
    "spokesman spokesperson spokeswoman soldiers soldier air led backed ambassador state media artillery helicopters "
    "navy bombing bombardment shelling attacks attack operation intervention".split()
)
"""After a country's adjective these name who acts, not where: "Russian warplanes"."""
ELEMENTS = frozenset(
    "al el abu abo abou umm um bani beit bayt deir dayr kafr kafar kfar khan ain ayn ein tal tel tell til tall jabal jebel wadi "
    "bir ras jubb burj khirbet khirbat sheikh qalaat qasr hay san saint new old تل ام ابو كفر خان عين بيت بني جبل وادي راس شيخ "
    "دير خربه خربة برج معره معرة أم أبو رأس بئر قلعة قصر".split()
)
"""What many names begin with and none consists of: "Tel" of an unknown "Tel al-Laban" is no place."""
_NORTH = {"north": 1, "شمال": 1, "n.": 1, "south": -1, "جنوب": -1, "s.": -1}
_EAST = {"east": 1, "شرق": 1, "e.": 1, "west": -1, "غرب": -1, "w.": -1}


def bearing(words: Iterable[str]) -> tuple[int, int]:
    """Where the words of direction point, as steps north and east: "northwestern" is (1, -1)."""
    directions = [word for word in words if word in DIRECTIONS]
    return _step(directions, _NORTH), _step(directions, _EAST)


def _step(directions: Sequence[str], signs: Mapping[str, int]) -> int:
    found = {sign for word in directions for stem, sign in signs.items() if stem in word}
    return found.pop() if len(found) == 1 else 0
