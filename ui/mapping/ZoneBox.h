// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

namespace meteorograph::ui {

/// Every IANA zone, found by typing a part of its name; an offset such as +05:30 is good too.
class ZoneBox : public QComboBox {
  Q_OBJECT
public:
  explicit ZoneBox(QWidget *parent = nullptr);

  /// Empty: as the file says, else UTC. `inferred` tells what that is.
  void setZone(const std::string &zone, const std::string &inferred);
  std::string zone() const { return m_zone; }

Q_SIGNALS:
  void zoneChanged();

private:
  void take();
  std::string m_zone;
};

} // namespace meteorograph::ui
