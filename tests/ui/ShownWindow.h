// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/FakeEngine.h"
#include "ui/MainWindow.h"
#include "ui/charts/ChartView.h"
#include "ui/settings/Settings.h"

#include <QAction>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

/// A shown window over a fake engine; it asks when the test says so. Its settings lie in a folder of
/// its own, or at a path that outlives it.
struct ShownWindow {
  QTemporaryDir folder;
  meteorograph::ui::Settings settings;
  std::shared_ptr<FakeEngine> engine = std::make_shared<FakeEngine>();
  meteorograph::ui::EngineClient client{engine};
  meteorograph::ui::MainWindow window{settings};

  explicit ShownWindow(const QString &path = {})
      : settings(path.isEmpty() ? folder.filePath("settings.ini") : path) {
    window.resize(1280, 800);
    window.show();
    window.controller().setInterval(3'600'000); // the test ticks by hand
  }
  ~ShownWindow() { window.setClient(nullptr, {}); }

  /// Until the first charts are there.
  void open(const meteorograph::Overview &overview = sampleOverview(meteorograph::wallClockNow())) {
    window.setClient(&client, "/data/station.meteorograph");
    engine->answerOverview(overview);
    QTRY_VERIFY(!engine->series.empty());
    answerAll();
    charts()->grab();
  }
  /// Whatever series are asked for, until none is.
  void answerAll() {
    QTRY_VERIFY([this] {
      while (!engine->series.empty())
        engine->answerSeries(sampleSeries(engine->seriesRequests.back()));
      return !client.seriesInFlight();
    }());
  }
  meteorograph::ui::ChartView *charts() const { return window.findChild<meteorograph::ui::ChartView *>(); }
  /// By what the menu shows, without the mark of its key.
  QAction *action(const QString &text) const {
    for (QAction *action : window.findChildren<QAction *>())
      if (action->text().remove(QLatin1Char('&')).section(QLatin1Char('\t'), 0, 0) == text)
        return action;
    return nullptr;
  }
};

/// The push button with the text, without the mark of its key.
inline QPushButton *buttonIn(const QWidget *parent, const QString &text) {
  for (QPushButton *button : parent->findChildren<QPushButton *>())
    if (button->text().remove(QLatin1Char('&')) == text)
      return button;
  return nullptr;
}

inline QLineEdit *fieldIn(const QWidget *parent, const QString &accessibleName) {
  for (QLineEdit *edit : parent->findChildren<QLineEdit *>())
    if (edit->accessibleName() == accessibleName)
      return edit;
  return nullptr;
}
