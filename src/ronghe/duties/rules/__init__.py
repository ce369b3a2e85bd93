"""The detector (P6), pure: a plain picture of the matrix and the structure in, findings out."""

from ronghe.duties.rules.detect import detect
from ronghe.duties.rules.picture import Found, Group, Hold, Matter, Picture, Post, Structure, Thresholds

__all__ = ["Found", "Group", "Hold", "Matter", "Picture", "Post", "Structure", "Thresholds", "detect"]
