// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Preset.h"
#include "ui/EngineClient.h"

#include <QPointer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QStackedWidget;

namespace meteorograph::ui {

/// Chooses a mapping by its name, and saves the one at hand under a name of the user's own, in place,
/// without a further dialog.
class PresetBar : public QWidget {
  Q_OBJECT
public:
  explicit PresetBar(EngineClient *client, QWidget *parent = nullptr);
  /// The mapping at hand: its preset is shown as chosen, or that it is none's.
  void setMapping(const Mapping &mapping);

Q_SIGNALS:
  void chosen(const meteorograph::Mapping &mapping);
  void told(const QString &message, bool isError);

private:
  QWidget *buildChooser();
  QWidget *buildSaver();
  void choose(int index);
  void save();
  void take(const Result<std::vector<Preset>> &presets);
  void fill();

  QPointer<EngineClient> m_client;
  std::vector<Preset> m_presets;
  Mapping m_mapping;
  QStackedWidget *m_pages;
  QComboBox *m_box;
  QLineEdit *m_name;
};

} // namespace meteorograph::ui
