-- Version 5: what an office keeps of its reporting (model/reporting.py).

CREATE TABLE office_form (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    name TEXT,
    form_title TEXT,
    definition TEXT,
    blank TEXT,
    source TEXT,
    since TEXT,
    off INTEGER,
    note TEXT,
    PRIMARY KEY (id)
);
CREATE TABLE closing (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    form TEXT,
    form_title TEXT,
    starts_on TEXT,
    ends_on TEXT,
    office TEXT,
    number INTEGER,
    state TEXT,
    closed_on TEXT,
    closed_by TEXT,
    filled_by TEXT,
    checked_by TEXT,
    headed_by TEXT,
    head TEXT,
    code TEXT,
    frozen TEXT,
    xlsx TEXT,
    pdf TEXT,
    reopened_on TEXT,
    reopened_by TEXT,
    reason TEXT,
    approver TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(office) REFERENCES office (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(closed_by) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(reopened_by) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX closing_office ON closing (office);
CREATE INDEX closing_closed_by ON closing (closed_by);
CREATE INDEX closing_reopened_by ON closing (reopened_by);
CREATE TABLE remark (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    form TEXT,
    starts_on TEXT,
    ends_on TEXT,
    office TEXT,
    item TEXT,
    finding TEXT,
    text TEXT,
    person TEXT,
    day TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(office) REFERENCES office (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX remark_office ON remark (office);
CREATE INDEX remark_person ON remark (person);
CREATE TABLE handing (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    form TEXT,
    form_title TEXT,
    starts_on TEXT,
    ends_on TEXT,
    office TEXT,
    bank TEXT,
    due_on TEXT,
    handed_on TEXT,
    state TEXT,
    person TEXT,
    way TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(office) REFERENCES office (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX handing_office ON handing (office);
CREATE INDEX handing_bank ON handing (bank);
CREATE TABLE wording (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    name TEXT,
    kind TEXT,
    heading TEXT,
    text TEXT,
    off INTEGER,
    PRIMARY KEY (id)
);

-- A million visits are put in the order of what was needed by their index.
CREATE INDEX visit_amount ON visit (amount) WHERE removed = 0;
