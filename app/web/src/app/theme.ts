import type {ThemeConfig} from 'antd'

const brand = '#17568c'

// themeOf gives the components the same colours and sizes as base.css, once more for elder mode: text of 20 px and
// targets of 60 px.
export function themeOf(elder: boolean): ThemeConfig {
  const size = elder ? 20 : 16
  return {
    token: {
      colorPrimary: brand, colorInfo: brand, colorLink: brand, colorLinkHover: '#0f3f69',
      colorError: '#b3261e', colorWarning: '#8a5a00', colorSuccess: '#1b6e45',
      colorText: '#1c2733', colorTextSecondary: '#43525f', colorTextTertiary: '#55636f', colorTextDescription: '#55636f',
      colorTextPlaceholder: '#6a7682', colorTextDisabled: '#66727d', colorBorder: '#9aa7b3', colorSplit: '#dfe5ec',
      colorBgLayout: '#f3f5f8',
      fontFamily: 'var(--sans)', fontSize: size, lineHeight: 1.6,
      controlHeight: elder ? 60 : 40, controlHeightLG: elder ? 68 : 48, controlHeightSM: elder ? 60 : 32,
      borderRadius: 6, wireframe: false, motion: false,
    },
    components: {
      Form: {itemMarginBottom: elder ? 24 : 18, labelColor: '#43525f', verticalLabelPadding: '0 0 4px'},
      Segmented: {trackPadding: elder ? 0 : 2, trackBg: '#dde4ec', itemColor: '#33424f'},
      Button: {primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none'},
      Radio: {radioSize: elder ? 26 : 18, dotSize: elder ? 13 : 9},
      Checkbox: {controlInteractiveSize: elder ? 26 : 18},
      Select: {optionHeight: elder ? 60 : 40, optionPadding: elder ? '14px 16px' : '8px 12px'},
    },
  }
}
