// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"

#include <QFrame>

class QLabel;
class QProgressBar;
class QPushButton;

namespace meteorograph::ui {

/// A strip that tells of a long load or correction: bytes, rows/s, time left, current file, Cancel. Hides
/// itself when there is none, and does not flash up for short ones.
class LoadProgress : public QFrame {
  Q_OBJECT
public:
  explicit LoadProgress(QWidget *parent = nullptr);
  void show(const EngineStatus &status, TimeUs now);

Q_SIGNALS:
  void cancelRequested();

private:
  void showCorrection(const EngineStatus &status, TimeUs now);
  void showCare(const EngineStatus &status, TimeUs now);
  QLabel *m_text;
  QProgressBar *m_bar;
  QPushButton *m_cancel;
  TimeUs m_since_us = kNoTime; ///< start of the load under way
  double m_bytesPerSecond = 0; ///< smoothed, for the time left
};

} // namespace meteorograph::ui
