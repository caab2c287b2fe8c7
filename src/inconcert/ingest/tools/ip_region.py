"""The region of a connection, without the words that Chinese platforms put before it."""

IP_REGION = ((r"^\s*(?:发布于|来自|(?i:IP)\s*(?:属地|归属地|位置)\s*[:：]?)\s*", ""),)
"""For `Importer.respelled`: 发布于 江苏, 来自江苏, IP属地：江苏 and 江苏 are one region."""
