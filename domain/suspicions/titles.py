"""What each kind of suspicion is called, for people to read; it raises none."""

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "out-of-order": "事项先后颠倒",
    "works-before-approval": "未经批准先行施工",
    "split-works": "疑似化整为零",
    "length-at-threshold": "施工长度恰在限值或略低于限值",
    "choice-told-by-debtor": "用户的选择由承办单位自行录入，并因此免除其时限",
    "written-late": "事后很久才补录",
    "written-in-bulk": "短时间内集中录入",
    "late-stop": "临近下班暂停计时",
    "late-class": "临近满24小时改变事项类别",
    "one-hand": "同一账号代多个部门签批",
}
