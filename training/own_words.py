"""English words of our own reports: where, who and what may occur in an invented event. Written for this project (CC0)."""

from __future__ import annotations

LANDS = {
    "Sudan": ["El Fasher", "Nyala", "Kadugli", "Wad Madani", "Omdurman", "El Obeid", "Zalingei", "Kutum"],
    "Myanmar": ["Loikaw", "Sagaing", "Myawaddy", "Kyaukme", "Hpakant", "Mindat", "Lashio"],
    "Syria": ["Maarat Misrin", "Tell Abyad", "Hajin", "Arbin", "Khan Sheikhoun", "al-Bab", "as-Suwayda", "al-Shaddadi"],
    "Yemen": ["Hays", "al-Mokha", "Abs", "Zabid", "Sirwah", "ad-Dali", "Harad", "al-Hazm"],
    "Iraq": ["Hit", "al-Qaim", "Tal Afar", "Baiji", "Rawa", "Sinjar", "Hawija", "Jurf al-Sakhar"],
    "Ukraine": ["Kupiansk", "Bakhmut", "Orikhiv", "Lyman", "Okhtyrka", "Beryslav", "Kostiantynivka"],
    "Somalia": ["Baidoa", "Jowhar", "Kismayo", "Beledweyne", "Barawe", "Adado"],
    "Libya": ["Tarhuna", "Murzuq", "Sirte", "Gharyan", "Ubari", "Bani Walid"],
    "Gaza": ["Jabalia", "Deir al-Balah", "Khan Younis", "Beit Lahiya", "al-Nuseirat", "Rafah"],
    "Congo": ["Goma", "Bunia", "Rutshuru", "Beni", "Sake", "Minova"],
}
STRIKERS = [
    "the air force", "a coalition led by the United States", "the Saudi-led coalition", "Turkish jets", "Israeli warplanes", "Russian aircraft",
    "French fighter jets", "the Burmese military", "Ethiopian drones", "Emirati drones", "NATO planes", "American forces", "Iranian missiles", "regime helicopters",
]  # fmt: skip
GROUND = [
    "the Rapid Support Forces", "government troops", "the militia", "al-Shabaab", "ISIS fighters", "Boko Haram", "M23 rebels", "Houthi gunmen", "the junta's soldiers",
    "unidentified gunmen", "the Syrian Democratic Forces", "pro-Turkish factions", "the Wagner group", "Islamic State militants", "the national army",
]  # fmt: skip
SOURCES = [
    "the health ministry", "a hospital official", "local activists", "residents", "the United Nations", "the Red Crescent", "a rights monitor", "two witnesses", "state media", "a military spokesman",
    "the civil defence", "a village elder", "Doctors Without Borders", "the governor's office", "a police officer", "an aid worker", "the Network for Human Rights", "a medic", "security sources",
    "the mayor", "Amnesty International", "the Observatory", "the defence ministry", "opposition media", "a member of the local council", "the White Helmets", "Al Jazeera's correspondent",
]  # fmt: skip
NAMES = [
    "Hassan Idris", "Mariam Daoud", "Oleh Petrenko", "Aung Kyaw", "Fatuma Warsame", "Ibrahim al-Jasim", "Noura Haddad", "Jean Kabila Mwamba", "Tariq Salem", "Leila Osman", "Ko Min Thein", "Abdul Rahman Saleh",
    "Samir Khoury", "Olena Bondar", "Yusuf Ahmed", "Zeinab Mansour", "Karim Aziz", "Huda Nasser",
]  # fmt: skip
POSTS = [
    "spokesman for the health ministry",
    "spokeswoman of the foreign ministry",
    "head of the provincial council",
    "surgeon at the local hospital",
    "director of a rights group",
    "army spokesperson",
    "camp manager",
    "lawmaker",
]
PEOPLE = [
    ("civilians", "civilian", None), ("people", "unknown", None), ("children", "civilian", "children"), ("women", "civilian", "women"), ("villagers", "civilian", None), ("residents", "civilian", None),
    ("patients", "civilian", None), ("displaced people", "civilian", None), ("farmers", "civilian", None), ("passengers", "civilian", None), ("worshippers", "civilian", None), ("students", "civilian", None),
    ("medics", "civilian", "health workers"), ("aid workers", "civilian", "aid workers"), ("journalists", "civilian", "journalists"), ("members of one family", "civilian", "family"), ("persons", "unknown", None),
]  # fmt: skip
FIGHTERS = [
    "fighters",
    "soldiers",
    "militants",
    "rebels",
    "gunmen",
    "troops",
    "insurgents",
    "officers",
    "terrorists",
    "militiamen",
]
ONE = [("a woman", "civilian", "women"), ("a child", "civilian", "children"), ("a 12-year-old boy", "civilian", "children"), ("a shepherd", "civilian", None), ("an elderly man", "civilian", "elderly"), ("a nurse", "civilian", "health workers"), ("one person", "unknown", None), ("a young girl", "civilian", "children"), ("a cameraman", "civilian", "journalists")]  # fmt: skip
WORDS = "two three four five six seven eight nine ten eleven twelve fourteen fifteen sixteen eighteen nineteen twenty thirty forty".split()
HEDGES = [
    "at least ",
    "more than ",
    "about ",
    "some ",
    "nearly ",
    "over ",
    "as many as ",
    "up to ",
    "around ",
    "an estimated ",
]
NOISE = [
    "Trucks with flour reached the city for the first time in {m} weeks.", "The road has been closed since {year}.", "Negotiators met for {m} hours without result.", "About {m} houses and {m2} shops were burned down.",
    "The ministry has promised to repair {m} schools.", "The attack destroyed {m} vehicles and a fuel depot.", "The town had some {big} inhabitants before the war.", "Prices of bread have risen by {m} per cent.",
    "Both sides have accused each other of breaking the truce.", "Many civilians have been killed in the war, but no figures were given.", "Dozens of sheep were killed when a pen caught fire.", "It is the {m}th day of the siege.",
    "No one has claimed responsibility.", "The general is {m} years old and has led the brigade since {year}.", "If the dam breaks, {big} people could die, engineers warn.", "The injured were taken to a clinic.",
    "The league postponed {m} matches.", "Diplomats from {m} countries called for calm.", "A court has sentenced {m} smugglers for stealing copper.", "Rescuers were still searching at dusk.",
]  # fmt: skip
