"""修改记录, 时光机 and 回收站: what was done, what it was like then, and the ways back."""
