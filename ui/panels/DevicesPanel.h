// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/ViewState.h"
#include "ui/panels/RowList.h"
#include "ui/panels/Section.h"

namespace meteorograph::ui {

/// Silent for longer than three times its own interval (with a second or two for the way of a reading
/// to the screen).
bool isStale(TimeUs newest, TimeUs cadence, TimeUs reference);

/// The devices, with colour, check box, latest value and its age. Choosing a row makes the tiles show
/// that device alone.
class DevicesPanel : public Section {
  Q_OBJECT
public:
  explicit DevicesPanel(QWidget *parent = nullptr);
  /// Ages are told against `reference`, what "now" means in the window.
  void show(const Overview &overview, const ViewState &view, TimeUs reference);

Q_SIGNALS:
  void shownToggled(qint64 deviceId, bool shown);
  void deviceChosen(qint64 deviceId);
  void onlyRequested(qint64 deviceId); ///< 0: all
  void renameRequested(qint64 deviceId, const QString &name);
  void mergeRequested(qint64 deviceId);
  void holdingToggled(qint64 deviceId, bool holds); ///< its values hold until the next one

private:
  void showMenu(const QPoint &position);
  RowList *m_list;
  QList<qint64> m_holding; ///< devices whose values hold
  qint64 m_alone = 0;      ///< the one device that is shown while all others are not
};

} // namespace meteorograph::ui
