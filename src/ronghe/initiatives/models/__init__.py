"""The rows of 创效 and 项目组."""

from ronghe.initiatives.models.ideas import Idea, Likeness, NumberRange, Proof, Share, Terms
from ronghe.initiatives.models.projects import Project, ProjectMember, ProjectReport, ProjectStep

__all__ = ["Idea", "Likeness", "NumberRange", "Project", "ProjectMember", "ProjectReport", "ProjectStep", "Proof", "Share", "Terms"]
