// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"
#include "ui/EngineClient.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace meteorograph::ui {

class PresetBar;
class ZoneBox;

/// What holds for every file of a source: how they are read, their zone, their missing values, and
/// whether exact duplicates stay out. Emits chosen() and closes.
class SourceDialog : public QDialog {
  Q_OBJECT
public:
  SourceDialog(EngineClient *client, const SourceStatus &source, QWidget *parent = nullptr);

Q_SIGNALS:
  void chosen(const meteorograph::SourceSettings &settings);

private:
  void build();
  void takeMapping(const Mapping &mapping);
  void change();
  void accept() override;

  SourceStatus m_source;
  Mapping m_mapping;
  PresetBar *m_presets;
  ZoneBox *m_zone;
  QLineEdit *m_missing;
  QCheckBox *m_duplicates;
  QLabel *m_note;
};

} // namespace meteorograph::ui
