"""The one-time notice of what is missing, in enquiries and at the counter alike."""

from domain.acts.service import MaterialsFoundIncomplete, NoticeIssued
from simulation.case_script import Script


def notice(script: Script, at: int, party: str, matter: str) -> None:
    """Let something be found missing, and the one-time notice be given; a second may say the same again, and may not ask for more."""
    matter = f"样例：{matter}"
    script.say(at, MaterialsFoundIncomplete(matter=matter, missing=("样例材料",)), party)
    kept = script.keep("one-time-notice", (matter,), party, at, missing=True, entry=True)
    if kept.end is None:
        return
    given = NoticeIssued(matter=matter, materials=("样例材料",), place="样例1号窗")
    script.say(kept.end, given, party, entered=kept.entered)
    again = script.after(kept.entered or kept.end, 30, 900)
    if script.unlucky(500):
        more = NoticeIssued(matter=matter, materials=("样例材料", "样例补充材料"), place="样例1号窗")
        script.say(again, more, party)
        script.count("one-notice", party, again, (matter,))
    elif script.chance(10):
        script.say(again, given, party)
