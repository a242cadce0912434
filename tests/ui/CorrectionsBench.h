// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/FakeEngine.h"
#include "ui/Corrections.h"
#include "ui/panels/AskBar.h"

#include <QSignalSpy>
#include <QTest>

/// Corrections over a fake engine whose overview is in, without a main window.
struct CorrectionsBench {
  std::shared_ptr<FakeEngine> engine = std::make_shared<FakeEngine>();
  meteorograph::ui::EngineClient client{engine};
  QWidget window;
  meteorograph::ui::ViewController controller;
  meteorograph::ui::AskBar bar{&window};
  meteorograph::ui::Corrections corrections{controller, &bar, &window};
  QSignalSpy told{&corrections, &meteorograph::ui::Corrections::told};

  CorrectionsBench() {
    window.show();
    controller.setInterval(3'600'000);
    controller.setClient(&client);
    engine->answerOverview(sampleOverview(meteorograph::wallClockNow()));
    QTRY_VERIFY(controller.hasOverview());
  }
  ~CorrectionsBench() {
    corrections.closeDialogs();
    controller.setClient(nullptr);
  }
};
