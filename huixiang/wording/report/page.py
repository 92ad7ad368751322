"""What stands below all sections."""

from huixiang.wording.language import b

BRAND = "回响 Huixiang"
CHINESE, ENGLISH = "中文", "English"
"""The languages, each in its own words."""

STANDS_ALONE = b(
    "本页自成一体：不联网、不含脚本，可直接转发、存档、打印。",
    "This page stands alone: no network, no scripts; forward, archive or print it.",
)
ANY_ID_CAN_BE_QUESTIONED = b("任何编号都可以追问：", "Any id can be questioned: ")
AS_KNOWN_AT = b("数据截至", "As known at")
SAME_FILE_AGAIN = b(
    "依据同样的记录重新生成，文件逐字节相同。",
    "made again from the same records, it is the same file to the byte.",
)
