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
  /// What was typed is no zone: zone() is the one before.
  bool isUnknown() const { return m_unknown; }

Q_SIGNALS:
  void zoneChanged();

protected:
  bool eventFilter(QObject *watched, QEvent *event) override;

private:
  void take();
  std::string m_zone;
  bool m_unknown = false;
};

} // namespace meteorograph::ui
