-- Version 1: the first file format. Literal, never edited.
-- Records (model/records.py), journal, computed index.

CREATE TABLE meta (
    "key" TEXT NOT NULL,
    value TEXT,
    PRIMARY KEY ("key")
);
CREATE TABLE step (
    id INTEGER NOT NULL,
    replica TEXT NOT NULL,
    n INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    person TEXT,
    at TEXT NOT NULL,
    undoes INTEGER,
    first INTEGER NOT NULL,
    count INTEGER NOT NULL,
    digest TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX step_identity ON step (replica, n);
CREATE TABLE change (
    id INTEGER NOT NULL,
    step INTEGER NOT NULL,
    record_table TEXT NOT NULL,
    record TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    parents TEXT,
    owners TEXT,
    PRIMARY KEY (id)
);
CREATE INDEX change_record ON change (record);
CREATE TABLE office (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    name TEXT,
    short TEXT,
    level TEXT,
    division TEXT,
    contact TEXT,
    phone TEXT,
    PRIMARY KEY (id)
);
CREATE TABLE bank (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    name TEXT,
    short TEXT,
    type TEXT,
    contact TEXT,
    phone TEXT,
    note TEXT,
    PRIMARY KEY (id)
);
CREATE TABLE person (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    name TEXT,
    office TEXT,
    bank TEXT,
    role TEXT,
    phone TEXT,
    left_on TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(office) REFERENCES office (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX person_bank ON person (bank);
CREATE INDEX person_office ON person (office);
CREATE TABLE enterprise (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    name TEXT,
    code TEXT,
    regno TEXT,
    internal_no TEXT,
    code_reason TEXT,
    kind TEXT,
    person TEXT,
    person_id TEXT,
    former_name TEXT,
    enterprise_type TEXT,
    registered_as TEXT,
    status TEXT,
    founded TEXT,
    approved TEXT,
    term TEXT,
    authority TEXT,
    supervisor TEXT,
    capital INTEGER,
    paid_in INTEGER,
    scope TEXT,
    taxpayer_no TEXT,
    org_code TEXT,
    township TEXT,
    village TEXT,
    place TEXT,
    address TEXT,
    industry TEXT,
    industry_name TEXT,
    main_business TEXT,
    staff INTEGER,
    insured INTEGER,
    revenue INTEGER,
    assets INTEGER,
    size_set TEXT,
    size_note TEXT,
    phone TEXT,
    liaison TEXT,
    liaison_id TEXT,
    liaison_phone TEXT,
    email TEXT,
    website TEXT,
    postcode TEXT,
    grid TEXT,
    branch TEXT,
    region TEXT,
    not_trading TEXT,
    note TEXT,
    PRIMARY KEY (id)
);
CREATE INDEX enterprise_capital ON enterprise (capital) WHERE removed = 0;
CREATE UNIQUE INDEX enterprise_code ON enterprise (code) WHERE removed = 0;
CREATE INDEX enterprise_founded ON enterprise (founded) WHERE removed = 0;
CREATE INDEX enterprise_internal_no ON enterprise (internal_no) WHERE removed = 0 AND internal_no IS NOT NULL;
CREATE INDEX enterprise_name ON enterprise (name) WHERE removed = 0;
CREATE INDEX enterprise_regno ON enterprise (regno) WHERE removed = 0 AND regno IS NOT NULL;
CREATE INDEX enterprise_township ON enterprise (township) WHERE removed = 0;
CREATE TABLE cultivation (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    enterprise TEXT,
    listed_on TEXT,
    source TEXT,
    source_office TEXT,
    bank TEXT,
    advisor TEXT,
    state TEXT,
    prior_loan TEXT,
    checked_on TEXT,
    obstacle TEXT,
    plan_finance TEXT,
    plan_credit TEXT,
    plan_settlement TEXT,
    need INTEGER,
    left_on TEXT,
    left_why TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX cultivation_bank ON cultivation (bank);
CREATE INDEX cultivation_enterprise ON cultivation (enterprise);
CREATE TABLE help (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    cultivation TEXT,
    day TEXT,
    kind TEXT,
    who TEXT,
    content TEXT,
    result TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(cultivation) REFERENCES cultivation (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX help_cultivation ON help (cultivation);
CREATE TABLE matching (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    office TEXT,
    enterprise TEXT,
    bank TEXT,
    cultivation TEXT,
    day TEXT,
    method TEXT,
    manager TEXT,
    need INTEGER,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(office) REFERENCES office (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(cultivation) REFERENCES cultivation (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX matching_bank ON matching (bank);
CREATE INDEX matching_cultivation ON matching (cultivation);
CREATE INDEX matching_day ON matching (day) WHERE removed = 0;
CREATE INDEX matching_enterprise ON matching (enterprise);
CREATE INDEX matching_office ON matching (office);
CREATE TABLE credit (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    matching TEXT,
    decided_on TEXT,
    granted INTEGER,
    amount INTEGER,
    rate INTEGER,
    months INTEGER,
    security TEXT,
    problem TEXT,
    estimated INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(matching) REFERENCES matching (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX credit_decided_on ON credit (decided_on) WHERE removed = 0;
CREATE INDEX credit_matching ON credit (matching);
CREATE TABLE loan (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    enterprise TEXT,
    bank TEXT,
    matching TEXT,
    contract TEXT,
    signed_on TEXT,
    due_on TEXT,
    amount INTEGER,
    rate INTEGER,
    security TEXT,
    purpose TEXT,
    product TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(matching) REFERENCES matching (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX loan_bank ON loan (bank);
CREATE INDEX loan_enterprise ON loan (enterprise);
CREATE INDEX loan_matching ON loan (matching);
CREATE TABLE drawdown (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    loan TEXT,
    day TEXT,
    amount INTEGER,
    estimated INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(loan) REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX drawdown_day ON drawdown (day) WHERE removed = 0;
CREATE INDEX drawdown_loan ON drawdown (loan);
CREATE TABLE repayment (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    loan TEXT,
    day TEXT,
    amount INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(loan) REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX repayment_day ON repayment (day) WHERE removed = 0;
CREATE INDEX repayment_loan ON repayment (loan);
CREATE TABLE figure (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    indicator TEXT,
    day TEXT,
    office TEXT,
    bank TEXT,
    division TEXT,
    value INTEGER,
    source TEXT,
    reporter TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(office) REFERENCES office (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX figure_bank ON figure (bank);
CREATE INDEX figure_indicator ON figure (indicator) WHERE removed = 0;
CREATE INDEX figure_office ON figure (office);
CREATE TABLE calendar_day (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    day TEXT,
    name TEXT,
    off INTEGER,
    PRIMARY KEY (id)
);
CREATE INDEX calendar_day_day ON calendar_day (day) WHERE removed = 0;
CREATE TABLE setting (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    name TEXT,
    value TEXT,
    PRIMARY KEY (id)
);
CREATE INDEX setting_name ON setting (name) WHERE removed = 0;
CREATE TABLE enterprise_index (
    id TEXT NOT NULL,
    text TEXT NOT NULL,
    size TEXT NOT NULL,
    complete INTEGER NOT NULL,
    PRIMARY KEY (id)
);
