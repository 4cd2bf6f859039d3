"""The signing sheet of a batch of applications (审核签字页)."""
