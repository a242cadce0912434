// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "ui/PlainLabels.h"

#include <QApplication>
#include <QLabel>
#include <QMessageBox>
#include <QToolTip>
#include <QtTest>

using namespace meteorograph::ui;

namespace {
const QString kHostile = QStringLiteral("<img src=\"file:///etc/passwd\"><b>roof</b>");
}

/// What files call their devices is text, whatever it looks like.
class tst_PlainLabels : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void labelsShowTheirTextAsItIs() {
    QWidget window;
    auto *label = new QLabel(kHostile, &window);
    QVERIFY(Qt::mightBeRichText(kHostile));
    const PlainLabels plain(nullptr);
    window.show();
    QCOMPARE(label->textFormat(), Qt::PlainText);
  }

  void whatItsCodeSaysIsKept() {
    QWidget window;
    const PlainLabels plain(nullptr);
    auto *label = new QLabel(QStringLiteral("<b>Bronze</b>"), &window);
    label->setTextFormat(Qt::RichText);
    window.show();
    QCOMPARE(label->textFormat(), Qt::RichText);
  }

  void messagesToo() {
    const PlainLabels plain(nullptr);
    QMessageBox box;
    box.setText(kHostile);
    box.setInformativeText(kHostile);
    box.show();
    int found = 0;
    for (const QLabel *label : box.findChildren<QLabel *>())
      if (label->text() == kHostile) {
        QCOMPARE(label->textFormat(), Qt::PlainText);
        ++found;
      }
    QCOMPARE(found, 2);
  }

  void tooltipsToo() {
    const PlainLabels plain(nullptr);
    QWidget window;
    window.show();
    QToolTip::showText(window.mapToGlobal(QPoint(1, 1)), kHostile, &window);
    const QLabel *tip = nullptr;
    for (QWidget *widget : QApplication::topLevelWidgets())
      if (auto *label = qobject_cast<QLabel *>(widget); label && label->text() == kHostile)
        tip = label;
    QVERIFY(tip);
    QCOMPARE(tip->textFormat(), Qt::PlainText);
    QToolTip::hideText();
  }
};

METEOROGRAPH_TEST(tst_PlainLabels)
#include "tst_PlainLabels.moc"
