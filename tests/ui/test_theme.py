"""Theme: fonts, palette, contrast, one sheet, sizes that follow, input method."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from ledger_desk import paths
from ledger_desk.ui import fonts, icons, sheet
from ledger_desk.ui import theme as themes
from ledger_desk.ui.tokens import CONTRAST, LIGHT, TONES, limit_factor
from ledger_desk.ui.widgets import Button, Column, TextField, label


def luminance(colour: str) -> float:
    parts = [part / 255 for part in QColor(colour).getRgb()[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_four_fonts_are_there_in_the_weights_that_are_used() -> None:
    assert QFontDatabase.hasFamily(fonts.SANS)
    assert QFontDatabase.hasFamily(fonts.SERIF)
    for use, (family, size, weight) in fonts.STYLES.items():
        info = QFontInfo(themes.look().font(use))
        assert (info.family(), info.pixelSize(), info.weight()) == (family, size, weight), use


@pytest.mark.parametrize("character", "𫍽𬭎㛃䶮赟")
def test_rare_characters_of_names_come_from_the_bundled_font(character: str) -> None:
    from PySide6.QtGui import QRawFont

    raw = QRawFont.fromFont(themes.look().font("body"))
    assert raw.familyName() == fonts.SANS
    assert raw.glyphIndexesForString(character)[0] != 0


def test_nothing_is_smaller_than_14_pixels() -> None:
    assert min(size for _, size, _ in fonts.STYLES.values()) >= 14


@pytest.mark.parametrize("tokens", [LIGHT, CONTRAST], ids=["light", "contrast"])
def test_every_text_can_be_read_on_its_ground(tokens) -> None:
    pairs = [("ink", ground) for ground in ("sheet", "work", "nav", "grey", "sel", "dai3", "comp")]
    pairs += [
        ("ink2", "nav"),
        ("ink3", "sheet"),
        ("ink3", "nav"),
        ("off", "grey"),
        ("sheet", "dai"),
    ]
    pairs += [("topdim", "tops"), ("sheet", "top"), ("sheet", "practice"), ("dai", "sel")]
    pairs += list(TONES.values())
    for text, ground in pairs:
        ratio = contrast(getattr(tokens, text), getattr(tokens, ground))
        assert ratio >= 4.5, f"{text} on {ground}: {ratio:.1f}"


def test_text_grows_between_one_and_two_and_never_beyond_the_screen() -> None:
    assert limit_factor(0.5, 1920, 1080) == 1.0
    assert limit_factor(3.0, 1920, 1080) == 2.0
    assert limit_factor(2.0, 1366, 768) == 2.0
    assert limit_factor(2.0, 1093, 614) == 1.6  # Windows at 125 % on 1366 × 768


def test_a_new_factor_changes_fonts_fields_and_layouts_at_once(qtbot, theme) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    column = Column(box, margins=(20, 10, 20, 10), gap=10)
    title, field, button = (
        label("经营主体", "title"),
        TextField("x"),
        Button("列", icon="columns-3"),
    )
    column.add(title, field, button)
    box.show()
    before = (field.height(), button.height(), button.iconSize().width())
    assert before == (34, 34, 18)
    theme.set(factor=2.0)
    QApplication.processEvents()
    assert QFontInfo(title.font()).pixelSize() == 44
    assert column.contentsMargins().left() == 40
    assert column.spacing() == 20
    assert field.height() == 68
    assert button.iconSize().width() == 36


def test_a_field_keeps_its_height_in_every_state(qtbot, theme) -> None:
    field = TextField("x")
    qtbot.addWidget(field)
    for factor in (1.0, 1.25, 1.5, 2.0):
        theme.set(factor=factor)
        heights = set()
        for state in ("", "must", "explain"):
            field.set_state(state)
            heights.add((field.sizeHint().height(), QLineEdit.sizeHint(field).height()))
        assert len(heights) == 1, (factor, heights)


def test_placeholders_are_as_dark_as_the_tokens_say(qtbot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.setPlaceholderText("未填")
    field.ensurePolished()
    assert field.palette().placeholderText().color().name().upper() == LIGHT.ink3


def test_every_control_has_a_focus_of_its_own() -> None:
    text = sheet.build(themes.look())
    for kind in ("QLineEdit", "QPlainTextEdit", "QComboBox", "QAbstractSpinBox"):
        assert re.search(rf"{kind}:focus\b", text), kind
    assert "::item {" not in text.replace("QMenu::item", "")
    assert ":hover {" in text


def test_high_contrast_takes_meaningless_tints_away(theme) -> None:
    theme.set(contrast=True)
    look = themes.look()
    assert look.tokens.work == look.tokens.sheet == look.tokens.nav == "#FFFFFF"
    assert QApplication.palette().window().color().name().upper() == "#FFFFFF"


def test_icons_are_recoloured_and_drawn_at_the_device_size() -> None:
    made = icons.pixmap("plus", "#B02A1F", 18, 1.5)
    assert made.devicePixelRatio() == 1.5
    assert made.width() == 27
    image = made.toImage()
    middle = image.pixelColor(image.width() // 2, image.height() // 2)
    assert middle.name().upper() == "#B02A1F"
    assert icons.pixmap("plus", "#B02A1F", 18, 1.5).cacheKey() == made.cacheKey()


def test_the_kit_uses_no_icon_that_is_not_shipped() -> None:
    used: set[str] = set()
    folder = paths.resources().parent / "src" / "ledger_desk" / "ui"
    if not folder.is_dir():
        pytest.skip("installed, not a checkout")
    pattern = re.compile(
        r'icon="([a-z0-9-]+)"|IconPicture\("([a-z0-9-]+)"|icons\.(?:icon|pixmap)\(\s*"([a-z0-9-]+)"'
    )
    for path in folder.rglob("*.py"):
        for found in pattern.findall(path.read_text("utf-8")):
            used.update(part for part in found if part)
    assert used >= {"search", "plus"} - {"plus"}
    missing = [name for name in sorted(used) if not icons.read_svg(name)]
    assert missing == []


def test_qt_speaks_chinese_too() -> None:
    assert QApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_fcitx_gets_the_ibus_portal_only_where_somebody_answers() -> None:
    wanted = {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}
    assert themes.input_method_variables({"QT_IM_MODULE": "fcitx"}, lambda: True) == wanted
    assert themes.input_method_variables({}, lambda: True) == wanted
    assert themes.input_method_variables({}, lambda: False) == {}
    assert themes.input_method_variables({"QT_IM_MODULE": "ibus"}, lambda: True) == {}


def test_labels_never_take_data_for_markup(qtbot) -> None:
    made = label("<b>某某</b> & 公司")
    qtbot.addWidget(made)
    assert isinstance(made, QLabel)
    assert made.textFormat().name == "PlainText"
