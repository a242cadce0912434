// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "ui/FaultText.h"
#include "ui/panels/NoticeBar.h"
#include "ui/panels/RowList.h"
#include "ui/panels/SourcesPanel.h"

#include <QLabel>
#include <QPushButton>
#include <QtTest>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

constexpr TimeUs kNoon = 1'700'049'600 * kSecond; // 12:00:00 UTC

QPushButton *buttonOf(QWidget &widget, const QString &text) {
  for (QPushButton *button : widget.findChildren<QPushButton *>())
    if (button->text() == text)
      return button;
  return nullptr;
}

SourceStatus followed(std::int64_t id, const std::string &path) {
  SourceStatus source;
  source.id = id;
  source.path = path;
  source.following = true;
  return source;
}

} // namespace

/// What is wrong while the engine runs, as the window says it.
class tst_FaultsShown : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void saysWhatIsWrongAndSinceWhen() {
    EngineStatus status;
    QCOMPARE(faultText(status, QTimeZone::utc()), QString());
    status.faults = {{"/data", kNoon, "cannot open /data: gone"}, {"/other", kNoon, "cannot open /other"}};
    const QString away = faultText(status, QTimeZone::utc());
    QVERIFY(away.contains(QStringLiteral("12:00:00")) && away.contains(QStringLiteral("/data: gone")));
    QVERIFY(away.contains(QStringLiteral("1 more")));
    status.state = EngineStatus::State::Failed;
    status.error = "cannot write to the store /s";
    status.failing_since_us = kNoon;
    const QString failing = faultText(status, QTimeZone::utc());
    QVERIFY2(failing.contains(QStringLiteral("/s")) && !failing.contains(QStringLiteral("/data")),
             "what cannot be stored comes before what cannot be read");
  }

  void staysUntilItIsOver() {
    NoticeBar bar;
    QVERIFY(bar.tellFault(QStringLiteral("The disk is full")));
    QVERIFY(bar.isVisible());
    bar.tell(QStringLiteral("Copied"), false);
    QPushButton *hide = buttonOf(bar, QStringLiteral("Hide"));
    QVERIFY(hide && hide->isVisibleTo(&bar));
    hide->click();
    QVERIFY(!bar.tellFault(QStringLiteral("The disk is full")));
    QVERIFY2(!hide->isVisibleTo(&bar), "it was seen");
    QVERIFY(bar.tellFault(QStringLiteral("The store was moved")));
    QVERIFY(hide->isVisibleTo(&bar));
    QVERIFY(bar.tellFault({}));
    QVERIFY(!hide->isVisibleTo(&bar));
    QVERIFY2(bar.isVisible(), "that it is over is told");
  }

  void marksTheSource() {
    SourcesPanel panel;
    panel.show({followed(1, "/data"), followed(2, "/data2"), followed(3, "/other")});
    const auto detail = [&panel](int row) {
      return static_cast<const RowModel *>(panel.findChild<RowList *>()->model())->row(row).detail;
    };
    EngineStatus status;
    status.faults = {{"/data", kNoon, "gone"}, {"/other/sub", kNoon, "Permission denied"}};
    panel.showState(status, true, QTimeZone::utc());
    QCOMPARE(detail(0), QStringLiteral("not reachable since 12:00:00"));
    QVERIFY(detail(1).startsWith(QStringLiteral("following")));
    QCOMPARE(detail(2), QStringLiteral("not all reachable since 12:00:00"));
    status.faults = {{"", kNoon, "Too many open files"}};
    panel.showState(status, true, QTimeZone::utc());
    QCOMPARE(detail(1), QStringLiteral("waiting since 12:00:00"));
    panel.showState({}, true, QTimeZone::utc());
    QVERIFY(detail(0).startsWith(QStringLiteral("following")));
  }
};

METEOROGRAPH_TEST(tst_FaultsShown)
#include "tst_FaultsShown.moc"
