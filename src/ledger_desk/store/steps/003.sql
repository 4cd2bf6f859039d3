-- Version 3: the file of a firm (model/dossier.py, model/circumstances.py), words of the office's own
-- (term), the bytes of attachments (blob). The computed index is made anew after this step.

CREATE TABLE tagging (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    enterprise TEXT,
    tag TEXT,
    level TEXT,
    since TEXT,
    until TEXT,
    source TEXT,
    certificate TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX tagging_enterprise ON tagging (enterprise);
CREATE INDEX tagging_tag ON tagging (tag) WHERE removed = 0;
CREATE TABLE associate (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    enterprise TEXT,
    name TEXT,
    role TEXT,
    person_id TEXT,
    sex TEXT,
    age INTEGER,
    phone TEXT,
    share INTEGER,
    paid_in INTEGER,
    job TEXT,
    employer TEXT,
    marriage TEXT,
    address TEXT,
    deposits INTEGER,
    loans INTEGER,
    bad_loans INTEGER,
    services TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX associate_enterprise ON associate (enterprise);
CREATE TABLE relation (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    enterprise TEXT,
    kind TEXT,
    other TEXT,
    other_name TEXT,
    share INTEGER,
    turnover INTEGER,
    orders INTEGER,
    since TEXT,
    until TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(other) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX relation_enterprise ON relation (enterprise);
CREATE INDEX relation_other ON relation (other);
CREATE TABLE premises (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    enterprise TEXT,
    place TEXT,
    "right" TEXT,
    area INTEGER,
    owner TEXT,
    rent INTEGER,
    leased_from TEXT,
    leased_until TEXT,
    mortgaged INTEGER,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX premises_enterprise ON premises (enterprise);
CREATE TABLE finance (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    enterprise TEXT,
    year INTEGER,
    revenue INTEGER,
    costs INTEGER,
    expenses INTEGER,
    profit INTEGER,
    net_profit INTEGER,
    cash INTEGER,
    receivables INTEGER,
    stock INTEGER,
    fixed_assets INTEGER,
    assets INTEGER,
    payables INTEGER,
    own_loans INTEGER,
    other_loans INTEGER,
    card_debts INTEGER,
    other_debts INTEGER,
    debts INTEGER,
    equity INTEGER,
    audited INTEGER,
    source TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX finance_enterprise ON finance (enterprise);
CREATE TABLE tax_year (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    enterprise TEXT,
    year INTEGER,
    grade TEXT,
    paid INTEGER,
    invoiced INTEGER,
    arrears INTEGER,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX tax_year_enterprise ON tax_year (enterprise);
CREATE TABLE staffing (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    enterprise TEXT,
    day TEXT,
    staff INTEGER,
    insured INTEGER,
    wages INTEGER,
    payroll TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX staffing_enterprise ON staffing (enterprise);
CREATE TABLE utility (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    enterprise TEXT,
    kind TEXT,
    month TEXT,
    used INTEGER,
    fee INTEGER,
    arrears INTEGER,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX utility_enterprise ON utility (enterprise);
CREATE TABLE standing (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    enterprise TEXT,
    kind TEXT,
    day TEXT,
    authority TEXT,
    content TEXT,
    amount INTEGER,
    times INTEGER,
    state TEXT,
    mended_on TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX standing_enterprise ON standing (enterprise);
CREATE TABLE rating (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    enterprise TEXT,
    day TEXT,
    bank TEXT,
    grade TEXT,
    computed INTEGER,
    proposed INTEGER,
    final INTEGER,
    adjustment TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(bank) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX rating_bank ON rating (bank);
CREATE INDEX rating_enterprise ON rating (enterprise);
CREATE TABLE asset (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    enterprise TEXT,
    kind TEXT,
    name TEXT,
    place TEXT,
    owner TEXT,
    certificate TEXT,
    nature TEXT,
    count INTEGER,
    unit TEXT,
    area INTEGER,
    price INTEGER,
    value INTEGER,
    valued_on TEXT,
    pledged INTEGER,
    pledged_to TEXT,
    secured INTEGER,
    pledged_until TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(pledged_to) REFERENCES bank (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX asset_enterprise ON asset (enterprise);
CREATE INDEX asset_pledged_to ON asset (pledged_to);
CREATE TABLE surety (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    enterprise TEXT,
    debtor TEXT,
    creditor TEXT,
    amount INTEGER,
    since TEXT,
    until TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX surety_enterprise ON surety (enterprise);
CREATE TABLE attachment (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    enterprise TEXT,
    on_table TEXT,
    on_record TEXT,
    kind TEXT,
    name TEXT,
    day TEXT,
    size INTEGER,
    media TEXT,
    hash TEXT,
    original TEXT,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX attachment_enterprise ON attachment (enterprise);
CREATE INDEX attachment_hash ON attachment (hash) WHERE removed = 0;
CREATE INDEX attachment_on_record ON attachment (on_record) WHERE removed = 0;
CREATE TABLE memo (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    enterprise TEXT,
    on_table TEXT,
    on_record TEXT,
    field TEXT,
    day TEXT,
    person TEXT,
    text TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX memo_enterprise ON memo (enterprise);
CREATE INDEX memo_on_record ON memo (on_record) WHERE removed = 0;
CREATE INDEX memo_person ON memo (person);
CREATE TABLE term (
    id TEXT NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    dictionary TEXT,
    value TEXT,
    code TEXT,
    parent TEXT,
    hint TEXT,
    source TEXT,
    off INTEGER,
    PRIMARY KEY (id)
);
CREATE INDEX term_dictionary ON term (dictionary) WHERE removed = 0;
CREATE TABLE blob (
    hash TEXT NOT NULL,
    size INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (hash)
);
ALTER TABLE enterprise ADD COLUMN premises_right TEXT;
ALTER TABLE enterprise ADD COLUMN premises_area INTEGER;
ALTER TABLE enterprise ADD COLUMN busy_season TEXT;
ALTER TABLE enterprise ADD COLUMN profit INTEGER;
ALTER TABLE enterprise ADD COLUMN debts INTEGER;
ALTER TABLE enterprise ADD COLUMN longitude TEXT;
ALTER TABLE enterprise ADD COLUMN latitude TEXT;
ALTER TABLE enterprise ADD COLUMN companion TEXT;
ALTER TABLE enterprise ADD COLUMN follower TEXT;
ALTER TABLE enterprise ADD COLUMN loan_wanted TEXT;
ALTER TABLE enterprise ADD COLUMN loan_wanted_amount INTEGER;
ALTER TABLE enterprise ADD COLUMN basic_account TEXT;
ALTER TABLE enterprise ADD COLUMN basic_account_here INTEGER;
ALTER TABLE enterprise ADD COLUMN other_banking TEXT;
ALTER TABLE enterprise ADD COLUMN credit_to TEXT;
ALTER TABLE enterprise ADD COLUMN no_credit TEXT;
ALTER TABLE enterprise ADD COLUMN asset_kind TEXT;
ALTER TABLE enterprise ADD COLUMN asset_value INTEGER;
ALTER TABLE enterprise ADD COLUMN first_loan_set TEXT;
ALTER TABLE enterprise ADD COLUMN first_loan_note TEXT;
ALTER TABLE enterprise ADD COLUMN lenders_set INTEGER;
ALTER TABLE enterprise ADD COLUMN lenders_note TEXT;
ALTER TABLE enterprise ADD COLUMN waived TEXT;
ALTER TABLE enterprise ADD COLUMN waived_note TEXT;
ALTER TABLE loan ADD COLUMN balance INTEGER;
ALTER TABLE loan ADD COLUMN balance_on TEXT;
ALTER TABLE loan ADD COLUMN form TEXT;
ALTER TABLE loan ADD COLUMN rhythm TEXT;
ALTER TABLE loan ADD COLUMN grade TEXT;
ALTER TABLE loan ADD COLUMN settled_on TEXT;
ALTER TABLE loan ADD COLUMN renewal_wanted INTEGER;
DROP TABLE enterprise_index;
CREATE TABLE enterprise_index (
    id TEXT NOT NULL,
    text TEXT NOT NULL,
    size TEXT NOT NULL,
    complete INTEGER NOT NULL,
    finger TEXT NOT NULL,
    contact TEXT NOT NULL,
    prior TEXT NOT NULL,
    lenders INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX enterprise_index_finger ON enterprise_index (finger) WHERE finger <> '';
CREATE INDEX enterprise_index_contact ON enterprise_index (contact) WHERE contact <> '';
