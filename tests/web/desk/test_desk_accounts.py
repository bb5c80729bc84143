"""Accounts as admins keep them on the site, and the links by which people set their passwords."""

from __future__ import annotations

import re
import threading

import pytest
from desks import HOSTILE
from keeping import HOSTILE_NAME, OWN_PASSWORD, account, act, invite, last_seen, link, noted, set_own, told
from sites import PASSWORD, Served, send, sign_in
from starlette.routing import Route

from harmledger.domain import Role
from harmledger.errors import Inconsistent
from harmledger.store.accounts import change_account
from harmledger.store.keeping import check_admin_left
from harmledger.web.desk.routes import ROUTES

pytestmark = pytest.mark.either_database
KEEPING = [
    (method, re.sub(r"{\w+}", "0" * 32, route.path))
    for route in ROUTES
    if isinstance(route, Route) and route.path.startswith(("/desk/accounts", "/desk/groups"))
    for method in sorted((route.methods or set()) - {"HEAD"})
]


def test_reviewers_and_leads_keep_no_accounts(served: Served) -> None:
    """Every route of accounts and groups is refused to who isn't an admin, token or not, and the tabs name none of them."""
    assert len(KEEPING) == 14
    for name, role in (("Cy", Role.READER), ("Bo", Role.REVIEWER), ("Dee", Role.LEAD)):
        browser = served.signed_in(name, role)
        answers = {browser.get(path) if method == "GET" else send(browser, path) for method, path in KEEPING}
        assert {answer.status_code for answer in answers} == {403}
        assert "/desk/accounts" not in browser.get("/desk").text
    assert noted(served) == []


def test_no_account_that_isnt_there_is_kept(served: Served) -> None:
    """An id that is nobody's, a role that is none or a name that can't be one is a page that says so; nothing is noted."""
    amal = served.signed_in("Amal", Role.ADMIN)
    for method, path in KEEPING:
        answer = amal.get(path) if method == "GET" else send(amal, path, {"role": "lead", "documents": "f" * 64})
        assert answer.status_code == (404 if "000" in path else 200 if method == "GET" else 400), path
    assert noted(served) == []


def test_a_person_sets_the_password_of_a_new_account(served: Served) -> None:
    """An admin makes it and passes a link on; by it the person sets a password, and signs in. Until then nothing signs in there."""
    amal = served.signed_in("Amal", Role.ADMIN)
    path = invite(amal, "Bo")
    bo = served.browser()
    assert sign_in(bo, "Bo", "").status_code == 403
    assert "Bo" in bo.get(path).text
    assert set_own(bo, path, again="another one").status_code == 400
    assert set_own(bo, path, "short").status_code == 400
    assert set_own(bo, path).headers["location"] == "/sign-in?done=password"
    assert "is set" in bo.get("/sign-in?done=password").text
    assert sign_in(bo, "Bo", OWN_PASSWORD).status_code == 303
    assert account(served, "Bo").role is Role.REVIEWER
    assert noted(served) == [("Amal", "add-account", "Bo"), ("Bo", "set-password", None)]


def test_a_link_counts_once_and_for_a_day(served: Served) -> None:
    """A link that was used, is a day old, or was followed by another is answered as one that was never made."""
    amal = served.signed_in("Amal", Role.ADMIN)
    used, old, followed, gone = (invite(amal, name) for name in ("Bo", "Cy", "Dee", "Eve"))
    person = served.browser()
    set_own(person, used)
    followed_by = link(act(amal, served, "Dee", "reset"))
    act(amal, served, "Eve", "disable")
    for path in (used, followed, gone, used[:-1] + "0", "/set-password/x", "/set-password/a.b.c", "/set-password/1.²." + "f" * 64):  # fmt: skip
        answer = person.get(path)
        assert (answer.status_code, "counts no longer" in answer.text) == (404, True), path
    served.clock.forward(hours=23, minutes=59)
    assert person.get(old).status_code == person.get(followed_by).status_code == 200
    served.clock.forward(minutes=2)
    assert person.get(old).status_code == 404
    later = re.sub(r"\.\d+\.", f".{int(served.clock().timestamp()) + 999}.", old)
    assert person.get(later).status_code == 404


def test_one_link_is_used_by_one_person(served: Served) -> None:
    """Of two who send the form of a link at once, one sets the password."""
    path = invite(served.signed_in("Amal", Role.ADMIN), "Bo")
    answers: list[int] = []
    together = threading.Barrier(2)

    def use(password: str) -> None:
        browser = served.browser()
        browser.get(path)
        together.wait()
        answers.append(set_own(browser, path, password).status_code)

    threads = [threading.Thread(target=use, args=(f"{word} and long enough",)) for word in ("first", "second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert sorted(answers) in ([303, 404], [303, 404])
    assert [what for _, what, _ in noted(served)].count("set-password") == 1


def test_a_reset_takes_password_step_and_sessions(served: Served) -> None:
    """Whoever had the old password is out at once, and only the link leads on."""
    amal, bo = served.signed_in("Amal", Role.ADMIN), served.signed_in("Bo")
    with served.site.ledger.writing() as writer:
        change_account(writer, account(served, "Bo").account_id, totp_secret="A" * 32, totp_since=served.clock())
    path = link(act(amal, served, "Bo", "reset"))
    assert bo.get("/account").status_code == 303
    assert sign_in(served.browser(), "Bo").status_code == 403
    assert not account(served, "Bo").two_step
    set_own(bo, path)
    assert sign_in(bo, "Bo", OWN_PASSWORD).status_code == 303
    assert ("Amal", "reset-account", "Bo") in noted(served)


def test_a_role_is_changed(served: Served) -> None:
    """It counts for whoever is signed in from the next page on; one that is none is refused."""
    amal, bo = served.signed_in("Amal", Role.ADMIN), served.signed_in("Bo")
    assert bo.get("/desk/accounts").status_code == 403
    assert act(amal, served, "Bo", "role", role="king").status_code == 400
    assert act(amal, served, "Bo", "role", role="admin").status_code == 303
    assert bo.get("/desk/accounts").status_code == 200
    assert noted(served) == [("Amal", "set-role", "Bo: admin")]


def test_an_account_is_shut_out_and_let_in_again(served: Served) -> None:
    """It is signed out at once and signs in no longer, until it is let in with the password that it had."""
    amal, bo = served.signed_in("Amal", Role.ADMIN), served.signed_in("Bo")
    assert act(amal, served, "Bo", "disable").status_code == 303
    assert bo.get("/account").status_code == 303
    assert sign_in(bo, "Bo").status_code == 403
    assert "disabled" in amal.get("/desk/accounts").text
    act(amal, served, "Bo", "disable", undo="1")
    assert sign_in(bo, "Bo").status_code == 303
    assert noted(served) == [("Amal", "disable-account", "Bo"), ("Amal", "enable-account", "Bo")]


def test_an_account_is_signed_out_everywhere(served: Served) -> None:
    """Each of its browsers is out; the admin's own stays."""
    amal, bo = served.signed_in("Amal", Role.ADMIN), served.signed_in("Bo")
    assert "In 1 browser now" in amal.get(f"/desk/accounts/{account(served, 'Bo').account_id}").text
    act(amal, served, "Bo", "sessions")
    assert (bo.get("/account").status_code, amal.get("/account").status_code) == (303, 200)
    assert noted(served) == [("Amal", "end-sessions", "Bo")]


def test_nobody_takes_the_own_account_away(served: Served) -> None:
    """An admin changes neither the own role nor password nor standing here, so that the last one stays."""
    amal = served.signed_in("Amal", Role.ADMIN)
    for what, fields in (("role", {"role": "lead"}), ("disable", {}), ("reset", {}), ("sessions", {})):
        refused = act(amal, served, "Amal", what, **fields)
        assert (refused.status_code, "your own account" in refused.text) == (403, True)
    assert 'action="/desk/accounts/' not in amal.get(f"/desk/accounts/{account(served, 'Amal').account_id}").text
    assert account(served, "Amal").role is Role.ADMIN
    assert noted(served) == []


def test_the_last_admin_stays(served: Served) -> None:
    """Where two admins take each other away, the second is told that nobody would be left; one who is shut out counts for nobody."""
    served.add("Amal", Role.ADMIN)
    served.add("Bo", Role.ADMIN)
    amal, bo = (account(served, name).account_id for name in ("Amal", "Bo"))
    with served.site.ledger.writing() as writer:
        check_admin_left(writer, but=amal)
        change_account(writer, bo, disabled=served.clock())
        with pytest.raises(Inconsistent):
            check_admin_left(writer, but=amal)


def test_two_admins_cant_take_each_other_away(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """A form that passed its guard before its sender was shut out is held to whoever is left then."""
    amal = served.signed_in("Amal", Role.ADMIN)
    bo = served.add("Bo", Role.ADMIN)
    mine = account(served, "Amal").account_id
    real = served.site.ledger.writing

    def shut_out_meanwhile() -> object:
        with real() as writer:
            change_account(writer, mine, disabled=served.clock())
        monkeypatch.undo()
        return real()

    fields = {"role": "lead"}
    page = amal.get("/account").text
    monkeypatch.setattr(type(served.site.ledger), "writing", lambda _: shut_out_meanwhile())
    csrf = re.search(r'name="csrf" value="(\w+)"', page)
    assert csrf
    refused = amal.post(f"/desk/accounts/{bo.account_id}/role", data={**fields, "csrf": csrf[1]})
    assert (refused.status_code, "last admin" in refused.text) == (409, True)
    assert account(served, "Bo").role is Role.ADMIN


def test_the_password_is_asked_for_before_accounts_change(served: Served) -> None:
    """A browser left open for a quarter of an hour makes no account, and comes back to the page once the password is given."""
    amal = served.signed_in("Amal", Role.ADMIN)
    served.clock.forward(minutes=16)
    fields = {"name": "Bo", "role": "admin", "next": "/desk/accounts"}
    asked = send(amal, "/desk/accounts", fields, of="/desk/accounts")
    assert asked.headers["location"] == "/prove?next=%2Fdesk%2Faccounts"
    assert "Bo" not in amal.get("/desk/accounts").text
    send(amal, "/prove", {"password": PASSWORD, "next": "/desk/accounts"}, of="/prove")
    assert send(amal, "/desk/accounts", fields, of="/desk/accounts").status_code == 200


def test_names_of_accounts_are_words(served: Served) -> None:
    """A name that would be a tag stands on each page as it was typed; one that is taken, empty or turns the page is refused."""
    amal = served.signed_in("Amal", Role.ADMIN)
    shown = send(amal, "/desk/accounts", {"name": HOSTILE_NAME, "role": "lead"}, of="/desk/accounts")
    at = account(served, HOSTILE_NAME).account_id
    pages = (shown.text, amal.get("/desk/accounts").text, amal.get(f"/desk/accounts/{at}").text, amal.get(link(shown)).text)  # fmt: skip
    assert not any("<script>alert" in page or '"onload' in page for page in pages)
    assert all("&lt;script&gt;alert(1)" in page for page in pages)
    for name in (HOSTILE_NAME.upper(), "", HOSTILE, "x" * 65):
        answer = send(amal, "/desk/accounts", {"name": name, "role": "lead"}, of="/desk/accounts")
        assert (answer.status_code, "<script>" in answer.text) == (400, False)


def test_the_list_says_when_somebody_was_last_there(served: Served) -> None:
    """By the session that lives, else by when one last signed in; of who never was it says so."""
    amal = served.signed_in("Amal", Role.ADMIN)
    invite(amal, "Cy")
    served.add("Bo")
    bo, came = served.browser(), served.clock()
    sign_in(bo, "Bo")
    served.clock.forward(minutes=5)
    seen = {name: last_seen(amal.get(f"/desk/accounts/{account(served, name).account_id}").text) for name in ("Bo", "Cy")}  # fmt: skip
    assert seen == {"Bo": told(came), "Cy": "never"}
    bo.get("/account")
    send(bo, "/sign-out")
    assert last_seen(amal.get(f"/desk/accounts/{account(served, 'Bo').account_id}").text) == told(came)
    assert told(came) in amal.get("/desk/accounts").text
