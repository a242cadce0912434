// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Viewing.h"

#include <QFrame>

#include <optional>

class QLabel;
class QPushButton;

namespace meteorograph::ui {

/// While the store is only looked at: says so and why, in one line above the charts, and offers to take
/// the store over once nobody writes to it any more.
class ViewerBar : public QFrame {
  Q_OBJECT
public:
  explicit ViewerBar(QWidget *parent = nullptr);
  void show(const std::optional<Viewing> &viewing); ///< nothing: hides

Q_SIGNALS:
  void takeOverRequested();

private:
  QLabel *m_text;
  QPushButton *m_takeOver;
};

/// Why a store is only looked at, for people, without a full stop.
QString viewingText(const Viewing &viewing);
/// What cannot be done then, for a tip or a message.
QString refusalText(const Viewing &viewing);

} // namespace meteorograph::ui
