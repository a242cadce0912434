// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "ui/TopBar.h"

#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace meteorograph;
using namespace meteorograph::ui;

class tst_TopBar : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void noButtonsTextIsCut_data() {
    QTest::addColumn<int>("width");
    QTest::addColumn<qint64>("shown");
    for (const int width : {1000, 1280, 1420, 1920})
      for (const qint64 shown : {5 * kMinute, 3 * kDay, 365 * kDay})
        QTest::addRow("%d pixels, %lld s", width, static_cast<long long>(shown / kSecond)) << width << shown;
  }
  void noButtonsTextIsCut() {
    QFETCH(int, width);
    QFETCH(qint64, shown);
    constexpr TimeUs kNow = 1'795'000'000 * kSecond;
    TopBar bar;
    bar.resize(width, 46);
    bar.show();
    LiveState live;
    live.observe({kNow, kNow - 400 * kDay, kNow, 1000});
    live.showSpan(LiveSpan::last(shown));
    bar.showAverage(QStringLiteral("15 s average"));
    bar.showRange(live, kSecond, QTimeZone::utc(), kNow + 400 * kDay); // with the year: as long as can be
    bar.resize(width, 46);
    QCoreApplication::processEvents();
    QCOMPARE(bar.width(), width);
    int presets = 0;
    for (const QAbstractButton *button : bar.findChildren<QAbstractButton *>()) {
      if (!button->isVisible())
        continue;
      QVERIFY2(button->width() >= button->sizeHint().width(), qPrintable(button->text()));
      presets += qobject_cast<const QToolButton *>(button) != nullptr ? 1 : 0;
    }
    if (width == 1920)
      QCOMPARE(presets, 9);
  }
};

METEOROGRAPH_TEST(tst_TopBar)
#include "tst_TopBar.moc"
