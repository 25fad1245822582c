"""What people read for the codes of a finding: its state, light, stage and measure, and what came of it; decides nothing."""

STATES = {
    "open": "待送达", "lapsed": "已消除（补录有效）", "notified": "已送达", "objected": "有异议", "upheld": "认定成立", "excused": "免责",
    "withdrawn": "撤销", "disposed": "已处理",
}  # fmt: skip
LIGHTS = {"warning": "预警", "yellow": "黄牌", "red": "红牌"}
STAGES = {
    "application": "申请", "survey": "联合踏勘", "approval": "并联审批", "connection": "接入", "service": "服务", "supervision": "监管",
    "money": "资金",
}  # fmt: skip
MEASURES = {"days": "天", "seconds": "秒"}
RECORDS = {
    "rectification.ordered": "责令整改", "interview.called": "约谈", "interview.arranged": "约谈", "credit.proposed": "信用记录",
    "accountability.proposed": "责任追究",
}  # fmt: skip
